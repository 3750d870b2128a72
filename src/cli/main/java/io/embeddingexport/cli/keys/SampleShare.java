package io.embeddingexport.cli.keys;

import java.math.BigDecimal;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A share of messages, chosen by a hash of topic, partition and offset: two runs choose the same
 * messages.
 *
 * @param percent as it was given
 */
record SampleShare(BigDecimal percent) {
  private static final double UNIT = 0x1p-53;

  /**
   * Reads {@code 1%} or {@code 0.1%}.
   *
   * @param option that has the text, for messages
   * @throws IllegalArgumentException if the text is no percentage above 0 and up to 100
   */
  static SampleShare parse(String option, String text) {
    if (text.matches("[0-9]{1,3}([.][0-9]{1,6})?%")) {
      BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
      if (percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
        return new SampleShare(percent);
      }
    }
    throw new IllegalArgumentException(
        option + " " + text + ": is not a share; write one such as 1% or 0.1%, up to 100%");
  }

  /** Whether a message is chosen. */
  boolean has(ConsumerRecord<?, ?> message) {
    return has(message.topic(), message.partition(), message.offset());
  }

  /** Whether the message at this position is chosen. */
  boolean has(String topic, int partition, long offset) {
    long hash = mixed(mixed(31L * topic.hashCode() + partition) + offset);
    return (hash >>> 11) * UNIT * 100 < percent.doubleValue();
  }

  /** Each bit of the result depends on all of {@code bits} (the finalizer of SplitMix64). */
  private static long mixed(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public String toString() {
    return percent.toPlainString() + "%";
  }
}
