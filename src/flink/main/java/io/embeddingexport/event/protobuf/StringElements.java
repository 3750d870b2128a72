package io.embeddingexport.event.protobuf;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The strings of one tensor, put together as a record has them. Reused; not thread-safe. */
final class StringElements {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int FIRST_BYTES = 64;

  /** A larger buffer is not kept for the next event. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  private static final byte[] EMPTY = {};

  private byte[] buffer = EMPTY;
  private int length;

  /** Removes all strings. */
  void clear() {
    length = 0;
    if (buffer.length > KEPT_BYTES) {
      buffer = EMPTY;
    }
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Adds the string of these bytes. */
  void add(byte[] bytes, int from, int count) throws BadEventException {
    long needed = (long) length + Integer.BYTES + count;
    if (needed > MAX_BYTES) {
      throw new BadEventException("has strings of 2^31 bytes or more");
    }
    if (needed > buffer.length) {
      int capacity = (int) Math.min(2L * length, MAX_BYTES);
      buffer = Arrays.copyOf(buffer, Math.max(Math.max((int) needed, capacity), FIRST_BYTES));
    }
    INT.set(buffer, length, count);
    System.arraycopy(bytes, from, buffer, length + Integer.BYTES, count);
    length = (int) needed;
  }

  /** The strings as a tensor of their own. */
  Tensor tensor() {
    return Tensor.ofStringContent(null, Arrays.copyOf(buffer, length), 0, length);
  }
}
