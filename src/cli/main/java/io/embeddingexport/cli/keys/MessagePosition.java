package io.embeddingexport.cli.keys;

import io.embeddingexport.consumer.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Position and time of a message on a topic.
 *
 * @param timestampMillis ms since the epoch, as the producer or the topic set it
 */
record MessagePosition(String topic, int partition, long offset, long timestampMillis) {

  static MessagePosition of(ConsumerRecord<?, ?> message) {
    return new MessagePosition(
        message.topic(), message.partition(), message.offset(), message.timestamp());
  }

  /** UTC time to the second. */
  String time() {
    return Instant.ofEpochMilli(timestampMillis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@code topic:partition:offset}, as in the headers of records. */
  @Override
  public String toString() {
    return Origin.input(topic, partition, offset);
  }
}
