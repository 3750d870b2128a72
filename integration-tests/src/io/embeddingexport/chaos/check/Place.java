package io.embeddingexport.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The position of its input that an output states: {@code ee.origin} of records and tombstones,
 * {@code ee.topic}, {@code ee.partition} and {@code ee.offset} of dead letters.
 */
public record Place(String topic, int partition, long offset) {
  private static final String ORIGIN = "ee.origin";

  static Place ofRecord(ConsumerRecord<byte[], byte[]> message) {
    String origin = text(message, ORIGIN);
    if (origin == null) {
      return null;
    }
    String[] parts = origin.substring(origin.lastIndexOf(' ') + 1).split(":");
    return parts.length == 3 ? of(parts[0], parts[1], parts[2]) : null;
  }

  /** The model that a record states; null if it states none. */
  static String model(ConsumerRecord<byte[], byte[]> message) {
    String stated = modelAtVersion(message);
    return stated == null ? null : stated.substring(0, stated.lastIndexOf('@'));
  }

  /** The version of its model's key config that a record states; null if it states none. */
  static String version(ConsumerRecord<byte[], byte[]> message) {
    String stated = modelAtVersion(message);
    return stated == null ? null : stated.substring(stated.lastIndexOf('@') + 1);
  }

  private static String modelAtVersion(ConsumerRecord<byte[], byte[]> message) {
    String origin = text(message, ORIGIN);
    int space = origin == null ? -1 : origin.lastIndexOf(' ');
    return space < 0 || origin.lastIndexOf('@', space) < 0 ? null : origin.substring(0, space);
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
