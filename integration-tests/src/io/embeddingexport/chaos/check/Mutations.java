package io.embeddingexport.chaos.check;

import static io.embeddingexport.chaos.check.RightHistory.RECORDS;
import static io.embeddingexport.chaos.check.RightHistory.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.audit.OutputHeaders;
import io.embeddingexport.audit.SourcePosition;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What tests do to the messages of a history. */
final class Mutations {
  // Parts of an origin.
  static final int MODEL = 0;
  static final int VERSION = 1;
  static final int INPUT = 2;

  static boolean isOf(
      ConsumerRecord<byte[], byte[]> message, int partition, long first, long last) {
    SourcePosition position = position(message);
    return position.partition() == partition
        && position.offset() >= first
        && position.offset() <= last;
  }

  static SourcePosition position(ConsumerRecord<byte[], byte[]> message) {
    SourcePosition position = OutputHeaders.ofRecord(message).position();
    return position == null ? OutputHeaders.ofLetter(message).position() : position;
  }

  static ConsumerRecord<byte[], byte[]> on(
      ConsumerRecord<byte[], byte[]> message, String topic, int partition) {
    return RightHistory.message(
        topic,
        partition,
        message.offset(),
        message.timestamp(),
        message.key(),
        message.value(),
        message.headers());
  }

  static boolean isRecord(ConsumerRecord<byte[], byte[]> message) {
    return message.topic().equals(RECORDS) && message.value() != null;
  }

  static ConsumerRecord<byte[], byte[]> first(
      RightHistory history, Predicate<ConsumerRecord<byte[], byte[]>> which) {
    return history.outputs.stream().filter(which).findFirst().orElseThrow();
  }

  /** Replaces a part of the first record's origin. */
  static void replaceOrigin(RightHistory history, int part, String value) {
    ConsumerRecord<byte[], byte[]> record = first(history, Mutations::isRecord);
    replace(history, Mutations::isRecord, "ee.origin", origin(record, part, value));
  }

  /** The record's origin, {@code model@version topic:partition:offset}, with another part. */
  static String origin(ConsumerRecord<byte[], byte[]> record, int part, String value) {
    String[] parts =
        new String(record.headers().lastHeader("ee.origin").value(), UTF_8).split("[@ ]");
    parts[part] = value;
    return parts[MODEL] + "@" + parts[VERSION] + " " + parts[INPUT];
  }

  static void replace(
      RightHistory history,
      Predicate<ConsumerRecord<byte[], byte[]>> which,
      String header,
      String value) {
    int at = history.outputs.indexOf(first(history, which));
    history.outputs.set(at, with(history.outputs.get(at), header, value));
  }

  /** With another value of a header, in its position. */
  static ConsumerRecord<byte[], byte[]> with(
      ConsumerRecord<byte[], byte[]> message, String header, String value) {
    Headers headers = new RecordHeaders();
    boolean replaced = false;
    for (Header old : message.headers()) {
      boolean same = old.key().equals(header);
      headers.add(old.key(), same ? text(value) : old.value());
      replaced |= same;
    }
    if (!replaced) {
      headers.add(header, text(value));
    }
    return RightHistory.message(
        message.topic(),
        message.partition(),
        message.offset(),
        message.timestamp(),
        message.key(),
        message.value(),
        headers);
  }

  static ConsumerRecord<byte[], byte[]> at(ConsumerRecord<byte[], byte[]> message, long offset) {
    return RightHistory.message(
        message.topic(),
        message.partition(),
        offset,
        message.timestamp(),
        message.key(),
        message.value(),
        message.headers());
  }

  private Mutations() {}
}
