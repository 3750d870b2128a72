package io.embeddingexport.event.kserve;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.protobuf.ProtobufReader;
import io.embeddingexport.event.protobuf.WireType;
import java.util.Arrays;

/** Turns the {@code contents} of an output into what {@code raw_output_contents} would have. */
final class KserveContents {
  private static final int FIRST_BYTES = 64;

  private final byte[] event;
  private final KserveType type;
  private byte[] payload = {};
  private int from;
  private int length;

  KserveContents(byte[] event, KserveType type) {
    this.event = event;
    this.type = type;
  }

  byte[] payload() {
    return payload;
  }

  int from() {
    return from;
  }

  int to() {
    return from + length;
  }

  void read(int begin, int end) throws BadEventException {
    ProtobufReader in = new ProtobufReader();
    in.reset(event, begin, end);
    boolean fixed = type == KserveType.FP32 || type == KserveType.FP64;
    while (!in.isAtEnd()) {
      int tag = in.tag();
      int wireType = WireType.of(tag);
      if (WireType.field(tag) != type.contents()) {
        in.skip(tag);
      } else if (wireType == WireType.LENGTH) {
        int count = in.length();
        int at = in.position();
        if (type == KserveType.BYTES) {
          add(count, Integer.BYTES);
          run(at, count);
        } else if (fixed) {
          run(at, count);
        } else {
          ProtobufReader packed = new ProtobufReader();
          packed.reset(event, at, at + count);
          while (!packed.isAtEnd()) {
            number(packed.varint());
          }
        }
        in.advance(count);
      } else if (wireType == WireType.VARINT && !fixed && type != KserveType.BYTES) {
        number(in.varint());
      } else {
        int at = in.position();
        in.skip(tag);
        if (fixed) {
          run(at, in.position() - at);
        }
      }
    }
  }

  /** Adds elements that are the same in both forms; one run alone stays where it is. */
  private void run(int at, int count) throws BadEventException {
    if (length == 0 && type != KserveType.BYTES) {
      payload = event;
      from = at;
      length = count;
      return;
    }
    reserve(count);
    System.arraycopy(event, at, payload, length, count);
    length += count;
  }

  private void number(long value) throws BadEventException {
    int bytes = type.element().bytes();
    boolean fits =
        switch (type) {
          case INT8 -> value == (byte) value;
          case UINT8 -> value == (value & 0xff);
          default -> true;
        };
    if (!fits) {
      throw new BadEventException("an element is beyond the range of " + type);
    }
    add(type == KserveType.BOOL && value != 0 ? 1 : value, bytes);
  }

  private void add(long value, int bytes) throws BadEventException {
    reserve(bytes);
    for (int i = 0; i < bytes; i++) {
      payload[length++] = (byte) (value >>> Byte.SIZE * i);
    }
  }

  private void reserve(int more) throws BadEventException {
    long needed = (long) length + more;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new BadEventException("an output has 2^31 bytes or more");
    }
    if (payload == event) {
      payload = Arrays.copyOfRange(event, from, Math.addExact(from, length));
      from = 0;
    }
    if (needed > payload.length) {
      long capacity = Math.max(Math.max(needed, 2L * length), FIRST_BYTES);
      payload = Arrays.copyOf(payload, (int) Math.min(capacity, Integer.MAX_VALUE - 8));
    }
  }
}
