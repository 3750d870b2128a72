package io.embeddingexport.event.protobuf;

/** The forms of a value in Protobuf's encoding: the low three bits of a field's tag. */
public final class WireType {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int LENGTH = 2;
  public static final int GROUP = 3;
  public static final int GROUP_END = 4;
  public static final int FIXED32 = 5;

  static final int BITS = 3;

  /** The form of a tag's value. */
  public static int of(int tag) {
    return tag & (1 << BITS) - 1;
  }

  /** The number of a tag's field. */
  public static int field(int tag) {
    return tag >>> BITS;
  }

  private WireType() {}
}
