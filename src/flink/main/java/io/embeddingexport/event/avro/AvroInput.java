package io.embeddingexport.event.avro;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.StringContent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * The bytes of one event, and the place up to which they are read. Every length is checked against
 * the bytes that remain. Reused; not thread-safe.
 */
final class AvroInput {
  /** The block does not state its size in bytes. */
  static final int NO_SIZE = -1;

  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] EMPTY = {};
  private static final int VARINT_BITS = 7;
  private static final int LAST_SHIFT = 63;

  /** Strings of tensors. */
  final StringContent strings = new StringContent();

  /** Extents of the tensor that is being read. */
  final long[] extents = new long[ArrayTensor.MAX_RANK];

  private final BitSet given = new BitSet();

  private byte[] bytes = EMPTY;
  private int at;
  private int blockEnd;

  void begin(byte[] event, int from) {
    bytes = event;
    at = from;
    given.clear();
    strings.clear();
  }

  /** The whole array; it must not be changed. */
  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  int remaining() {
    return bytes.length - at;
  }

  /** Notes that the event gives a target; a map may have a key twice. */
  void give(int target, String name) throws BadEventException {
    if (given.get(target)) {
      throw new BadEventException(name + " is given twice; send it once");
    }
    given.set(target);
  }

  /** A zigzag number of at most ten bytes. */
  long readLong() throws BadEventException {
    if (at < bytes.length && bytes[at] >= 0) {
      int value = bytes[at++];
      return value >>> 1 ^ -(value & 1);
    }
    return readLongOfBytes();
  }

  private long readLongOfBytes() throws BadEventException {
    long value = 0;
    for (int shift = 0; shift <= LAST_SHIFT; shift += VARINT_BITS) {
      if (at == bytes.length) {
        throw ends();
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        if (shift == LAST_SHIFT && next > 1) {
          break;
        }
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new BadEventException("a number has more than 64 bits");
  }

  int readInt() throws BadEventException {
    long value = readLong();
    if ((int) value != value) {
      throw new BadEventException("an int has more than 32 bits");
    }
    return (int) value;
  }

  float readFloat() throws BadEventException {
    return (float) FLOAT.get(bytes, skip(Float.BYTES));
  }

  double readDouble() throws BadEventException {
    return (double) DOUBLE.get(bytes, skip(Double.BYTES));
  }

  /** A length in bytes, all of which remain. */
  int readLength() throws BadEventException {
    long length = readLong();
    if (length < 0) {
      throw new BadEventException("a length is below 0");
    }
    if (length > remaining()) {
      throw ends();
    }
    return (int) length;
  }

  /** The index of a union's branch or an enum's symbol. */
  int readIndex(int count) throws BadEventException {
    long index = readLong();
    if (index < 0 || index >= count) {
      throw new BadEventException(
          "index " + index + " of " + count + " branches or symbols; was another schema used?");
    }
    return (int) index;
  }

  /** Goes on behind bytes that must be there; returns where they begin. */
  int skip(long length) throws BadEventException {
    require(length);
    int from = at;
    at += (int) length;
    return from;
  }

  /** Requires that so many bytes remain. */
  void require(long length) throws BadEventException {
    if (length > remaining()) {
      throw ends();
    }
  }

  /**
   * Begins a block of a list or map.
   *
   * @return how many items follow, which is not checked; 0 at the end
   */
  long nextBlock() throws BadEventException {
    long count = readLong();
    blockEnd = NO_SIZE;
    if (count < 0) {
      int size = readLength();
      blockEnd = at + size;
      count = -count;
      if (count < 0) {
        throw new BadEventException("a block has more than 2^63 items");
      }
    }
    return count;
  }

  /** Where the block that was begun last says that it ends; {@link #NO_SIZE} if it does not say. */
  int blockEnd() {
    return blockEnd;
  }

  /** Checks that a block ends where it said. */
  void endBlock(int stated) throws BadEventException {
    if (stated != NO_SIZE && at != stated) {
      throw new BadEventException("a block's items do not have the size in bytes that it states");
    }
  }

  /** Checks that items of that size remain, which is at least 1; returns how many. */
  int requireItems(long count, int size) throws BadEventException {
    if (count > remaining() / size) {
      throw ends();
    }
    return (int) count;
  }

  BadEventException ends() {
    return new BadEventException("the bytes end inside a value");
  }
}
