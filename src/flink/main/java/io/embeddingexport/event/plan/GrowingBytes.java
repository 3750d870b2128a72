package io.embeddingexport.event.plan;

import io.embeddingexport.event.BadEventException;
import java.util.Arrays;

/**
 * An array that grows as bytes are appended to it. It doubles, so that all its arrays together have
 * at most four times the bytes appended. Reused for the next event; not thread-safe.
 */
public final class GrowingBytes {
  private static final int FIRST_BYTES = 64;

  /** A larger array is not kept for the next event. */
  private static final int KEPT_BYTES = 1 << 16;

  /** Longest array that every JVM can make. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private static final byte[] EMPTY = {};

  private byte[] array = EMPTY;
  private int length;

  /** Removes all bytes. */
  public void clear() {
    length = 0;
    if (array.length > KEPT_BYTES) {
      array = EMPTY;
    }
  }

  /** The bytes, up to {@link #length}; another array once more are appended. */
  public byte[] array() {
    return array;
  }

  /** Bytes appended so far. */
  public int length() {
    return length;
  }

  /**
   * Appends bytes, which the caller writes.
   *
   * @return where they begin
   * @throws BadEventException if there would be 2^31 bytes or so
   */
  public int append(long count) throws BadEventException {
    reserve(count);
    int from = length;
    length += (int) count;
    return from;
  }

  /** Appends a copy of bytes. */
  public void append(byte[] bytes, int from, int count) throws BadEventException {
    int to = append(count);
    System.arraycopy(bytes, from, array, to, count);
  }

  /** Makes room for bytes that are appended later: one array, no larger than they need. */
  public void reserve(long count) throws BadEventException {
    if (count > MAX_BYTES - length) {
      throw new BadEventException(
          "needs more than " + MAX_BYTES + " bytes; send less in one event");
    }
    int needed = length + (int) count;
    if (needed > array.length) {
      int doubled = (int) Math.min(2L * array.length, MAX_BYTES);
      array = Arrays.copyOf(array, Math.max(Math.max(needed, doubled), FIRST_BYTES));
    }
  }
}
