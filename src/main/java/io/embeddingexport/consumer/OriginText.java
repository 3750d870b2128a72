package io.embeddingexport.consumer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an {@link Origin}, parsed as far as needed to find repeats. Everything except the
 * offset identifies the input partition and item; a repeat may have another model version.
 *
 * @param value of the header; must not be changed
 * @param start where the input's topic begins
 * @param offsetStart where the offset's digits begin
 * @param offsetEnd end of the digits, exclusive
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka's own array, read in place.
record OriginText(byte[] value, int start, int offsetStart, int offsetEnd, long offset) {
  private static final int MAX_DIGITS = 19;

  /** Null if these bytes are not an origin. */
  static @Nullable OriginText of(byte[] value) {
    int end = value.length;
    int item = end;
    while (item > 0 && isDigit(value[item - 1])) {
      item--;
    }
    if (item > 0 && item < end && value[item - 1] == '#') {
      end = item - 1;
    }
    int digits = end;
    while (digits > 0 && isDigit(value[digits - 1])) {
      digits--;
    }
    int start = digits;
    while (start > 0 && value[start - 1] != ' ') {
      start--;
    }
    // At least a topic and a partition, each with its colon.
    boolean isPosition =
        digits < end
            && end - digits <= MAX_DIGITS
            && digits - start >= 4
            && value[digits - 1] == ':';
    long offset = isPosition ? number(value, digits, end) : -1;
    return offset < 0 ? null : new OriginText(value, start, digits, end, offset);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Negative if it exceeds a long. */
  private static long number(byte[] value, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (value[i] - '0');
    }
    return number;
  }

  /** Topic and partition, and the item: everything except the offset. */
  byte[] partitionAndItem() {
    byte[] key = Arrays.copyOfRange(value, start, start + keyLength());
    System.arraycopy(value, offsetEnd, key, offsetStart - start, value.length - offsetEnd);
    return key;
  }

  boolean isOf(byte[] partitionAndItem) {
    int before = offsetStart - start;
    return keyLength() == partitionAndItem.length
        && Arrays.equals(value, start, offsetStart, partitionAndItem, 0, before)
        && Arrays.equals(
            value, offsetEnd, value.length, partitionAndItem, before, partitionAndItem.length);
  }

  private int keyLength() {
    return offsetStart - start + value.length - offsetEnd;
  }
}
