package io.embeddingexport.event.protobuf;

/** The forms of a value in Protobuf's encoding: the low three bits of a field's tag. */
final class WireType {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int GROUP = 3;
  static final int GROUP_END = 4;
  static final int FIXED32 = 5;

  private static final int BITS = 3;

  static int of(int tag) {
    return tag & (1 << BITS) - 1;
  }

  /** The number of a tag's field. */
  static int field(int tag) {
    return tag >>> BITS;
  }

  private WireType() {}
}
