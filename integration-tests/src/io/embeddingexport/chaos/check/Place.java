package io.embeddingexport.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Where an output says its input stood: {@code ee.source} of records and tombstones, {@code
 * ee.topic}, {@code ee.partition} and {@code ee.offset} of dead letters.
 */
public record Place(String topic, int partition, long offset) {

  static Place ofRecord(ConsumerRecord<byte[], byte[]> message) {
    String source = text(message, "ee.source");
    if (source == null) {
      return null;
    }
    String[] parts = source.split(":");
    return parts.length == 3 ? of(parts[0], parts[1], parts[2]) : null;
  }

  static Place ofLetter(ConsumerRecord<byte[], byte[]> message) {
    return of(text(message, "ee.topic"), text(message, "ee.partition"), text(message, "ee.offset"));
  }

  private static Place of(String topic, String partition, String offset) {
    return topic == null || !isNumber(partition) || !isNumber(offset)
        ? null
        : new Place(topic, Integer.parseInt(partition), Long.parseLong(offset));
  }

  static boolean isNumber(String text) {
    return text != null && text.matches("\\d{1,9}");
  }

  /** The last header of a name; null if there is none. */
  static String text(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
