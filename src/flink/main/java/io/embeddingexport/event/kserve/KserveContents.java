package io.embeddingexport.event.kserve;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.GrowingBytes;
import io.embeddingexport.event.protobuf.ProtobufReader;
import io.embeddingexport.event.protobuf.WireType;

/** Turns the {@code contents} of an output into what {@code raw_output_contents} would have. */
final class KserveContents {
  private final byte[] event;
  private final KserveType type;
  private final GrowingBytes buffer = new GrowingBytes();

  /** The one run that stays in the event; below 0 if the elements are in the buffer. */
  private int runFrom = -1;

  private int runLength;

  KserveContents(byte[] event, KserveType type) {
    this.event = event;
    this.type = type;
  }

  byte[] payload() {
    return runFrom < 0 ? buffer.array() : event;
  }

  int from() {
    return Math.max(runFrom, 0);
  }

  int to() {
    return runFrom < 0 ? buffer.length() : runFrom + runLength;
  }

  void read(int begin, int end) throws BadEventException {
    ProtobufReader in = new ProtobufReader();
    ProtobufReader packed = new ProtobufReader();
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
    if (runFrom < 0 && buffer.length() == 0 && type != KserveType.BYTES) {
      runFrom = at;
      runLength = count;
      return;
    }
    takeRun();
    buffer.append(event, at, count);
  }

  private void takeRun() throws BadEventException {
    if (runFrom >= 0) {
      buffer.append(event, runFrom, runLength);
      runFrom = -1;
    }
  }

  private void number(long value) throws BadEventException {
    // A varint has more bits than its field's type.
    long number =
        switch (type.contents()) {
          case KserveType.INTS -> (int) value;
          case KserveType.UINTS -> value & 0xffffffffL;
          default -> type == KserveType.BOOL && value != 0 ? 1 : value;
        };
    add(type.requireInRange(number), type.element().bytes());
  }

  private void add(long value, int bytes) throws BadEventException {
    int at = buffer.append(bytes);
    for (int i = 0; i < bytes; i++) {
      buffer.array()[at + i] = (byte) (value >>> Byte.SIZE * i);
    }
  }
}
