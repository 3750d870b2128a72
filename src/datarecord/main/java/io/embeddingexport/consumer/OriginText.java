package io.embeddingexport.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an {@link Origin}, and where its input's parts begin and end in them. Everything of
 * the input except the offset identifies the input partition and item; a repeat may have another
 * model version.
 *
 * @param value of the header; must not be changed
 * @param start where the input's topic begins
 * @param topicEnd end of the topic, exclusive
 * @param offsetStart where the offset's digits begin
 * @param offsetEnd end of the digits, exclusive
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka's own array, read in place.
record OriginText(
    byte[] value, int start, int topicEnd, int offsetStart, int offsetEnd, long offset) {
  private static final int MAX_INT_DIGITS = 10;
  private static final int MAX_LONG_DIGITS = 19;

  /** Null if these bytes do not end as an origin does. */
  static @Nullable OriginText of(byte[] value) {
    int end = value.length;
    int item = digitsBefore(value, end);
    if (item > 0 && value[item - 1] == '#') {
      if (!isInt(value, item, end)) {
        return null;
      }
      end = item - 1;
    }
    int offset = digitsBefore(value, end);
    int partition = offset > 0 ? digitsBefore(value, offset - 1) : 0;
    int topicEnd = partition - 1;
    if (topicEnd < 1
        || value[topicEnd] != ':'
        || value[offset - 1] != ':'
        || !isInt(value, partition, offset - 1)
        || offset == end
        || end - offset > MAX_LONG_DIGITS) {
      return null;
    }
    int start = topicEnd;
    while (start > 0 && value[start - 1] != ' ') {
      start--;
    }
    long number = number(value, offset, end);
    return start == topicEnd || number < 0
        ? null
        : new OriginText(value, start, topicEnd, offset, end, number);
  }

  /** Where the digits that end there begin. */
  private static int digitsBefore(byte[] value, int end) {
    int begin = end;
    while (begin > 0 && value[begin - 1] >= '0' && value[begin - 1] <= '9') {
      begin--;
    }
    return begin;
  }

  private static boolean isInt(byte[] value, int from, int to) {
    return to > from && to - from <= MAX_INT_DIGITS && number(value, from, to) <= Integer.MAX_VALUE;
  }

  /** A number of 1 to 19 decimal digits; negative if the text is none. */
  static long wholeNumber(String text) {
    byte[] digits = text.getBytes(UTF_8);
    boolean isNumber =
        digits.length > 0
            && digits.length <= MAX_LONG_DIGITS
            && digitsBefore(digits, digits.length) == 0;
    return isNumber ? number(digits, 0, digits.length) : -1;
  }

  /** Negative if it exceeds a long. */
  private static long number(byte[] value, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (value[i] - '0');
    }
    return number;
  }

  /** The model and version, without the space behind them; null if there are none. */
  @Nullable String keyConfig() {
    return start == 0 ? null : new String(value, 0, start - 1, UTF_8);
  }

  String topic() {
    return new String(value, start, topicEnd - start, UTF_8);
  }

  int partition() {
    return (int) number(value, topicEnd + 1, offsetStart - 1);
  }

  int item() {
    return offsetEnd == value.length
        ? Origin.WHOLE
        : (int) number(value, offsetEnd + 1, value.length);
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
