package io.embeddingexport.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes the bytes of {@link Origin}s. Inputs arrive in runs of one partition, so the text up to
 * the offset is reused. Not thread-safe.
 */
public final class OriginWriter {
  private static final int MAX_LONG_DIGITS = 19;

  private String topic = "";
  private int partition = -1;
  private byte[] partitionText = {};

  /**
   * The origin of an input.
   *
   * @param keyConfig {@code model@version} and a space, in UTF-8; empty for a tombstone
   * @param offset 0 or more
   * @param item from 0; {@link Origin#WHOLE} if the input gives one record at most
   */
  public byte[] write(
      byte[] keyConfig, String inputTopic, int inputPartition, long offset, int item) {
    if (inputPartition != partition || !inputTopic.equals(topic)) {
      topic = inputTopic;
      partition = inputPartition;
      partitionText = (topic + ':' + partition + ':').getBytes(UTF_8);
    }
    int start = keyConfig.length + partitionText.length;
    int end = start + digits(offset);
    byte[] text = new byte[item == Origin.WHOLE ? end : end + 1 + digits(item)];
    System.arraycopy(keyConfig, 0, text, 0, keyConfig.length);
    System.arraycopy(partitionText, 0, text, keyConfig.length, partitionText.length);
    putDigits(text, start, end, offset);
    if (item != Origin.WHOLE) {
      text[end] = '#';
      putDigits(text, end + 1, text.length, item);
    }
    return text;
  }

  private static void putDigits(byte[] text, int from, int to, long number) {
    long rest = number;
    for (int i = to - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static int digits(long offset) {
    long limit = 10;
    for (int digits = 1; digits < MAX_LONG_DIGITS; digits++) {
      if (offset < limit) {
        return digits;
      }
      limit *= 10;
    }
    return MAX_LONG_DIGITS;
  }
}
