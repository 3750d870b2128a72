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
   */
  public byte[] write(byte[] keyConfig, String inputTopic, int inputPartition, long offset) {
    if (inputPartition != partition || !inputTopic.equals(topic)) {
      topic = inputTopic;
      partition = inputPartition;
      partitionText = (topic + ':' + partition + ':').getBytes(UTF_8);
    }
    int start = keyConfig.length + partitionText.length;
    byte[] text = new byte[start + digits(offset)];
    System.arraycopy(keyConfig, 0, text, 0, keyConfig.length);
    System.arraycopy(partitionText, 0, text, keyConfig.length, partitionText.length);
    long rest = offset;
    for (int i = text.length - 1; i >= start; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return text;
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
