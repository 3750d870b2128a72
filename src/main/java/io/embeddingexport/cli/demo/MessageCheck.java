package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.demo.ExportCheck.Topics;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.thrift.DataRecord;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TTransportException;
import org.jspecify.annotations.Nullable;

/**
 * Checks one output message against its event: topic, key, value, headers. A record must equal the
 * bytes that Thrift's generated classes write; reading it with them is not enough, as they overlook
 * wrong element types. The header names are repeated here on purpose: they are a promise to
 * consumers.
 */
final class MessageCheck {
  /** A header of every event: dead letters must keep it, records are configured to. */
  static final String TRACE_HEADER = "trace";

  private final Topics topics;
  private final InputPlaces sources;
  private final TSerializer serializer;

  MessageCheck(Topics topics, InputPlaces sources) {
    this.topics = topics;
    this.sources = sources;
    try {
      this.serializer = new TSerializer(new TBinaryProtocol.Factory());
    } catch (TTransportException e) {
      throw new IllegalStateException("Thrift cannot write to memory", e);
    }
  }

  /** The {@link #TRACE_HEADER} value of an event. */
  static byte[] trace(int number) {
    return Integer.toHexString(number).getBytes(UTF_8);
  }

  /** The version of the key config that {@code message} names; 0 if it names none. */
  static long version(ConsumerRecord<?, ?> message) {
    Origin origin = Origin.of(message.headers());
    return origin == null ? 0 : origin.keyConfigVersion();
  }

  /** Whether {@code message} names this model and version of its key config. */
  static boolean isUnder(ConsumerRecord<?, ?> message, String model, long version) {
    Origin origin = Origin.of(message.headers());
    return origin != null && origin.keyConfigVersion() == version && model.equals(origin.model());
  }

  /** The fault of {@code message}, the outcome of event {@code number}; null: none. */
  @Nullable String fault(ConsumerRecord<byte[], byte[]> message, int number, DemoEvent event) {
    if (!Arrays.equals(message.key(), event.key())) {
      return "has a different key than event " + number;
    }
    Header trace = message.headers().lastHeader(TRACE_HEADER);
    if (trace == null || !Arrays.equals(trace.value(), trace(number))) {
      return "has no trace header of event " + number;
    }
    Expected expected = event.expected(version(message));
    String topic =
        expected instanceof Expected.DeadLetter ? topics.deadLetters() : topics.records();
    if (!message.topic().equals(topic)) {
      return "is on the wrong topic for event " + number + ", " + event.kind();
    }
    if (expected instanceof Expected.DeadLetter deadLetter) {
      return deadLetterFault(message, number, event, deadLetter);
    }
    String place = sources.topic() + ":" + sources.partition(number) + ":" + sources.offset(number);
    if (expected instanceof Expected.Record record) {
      String origin = record.model() + '@' + record.keyConfigVersion() + ' ' + place;
      return firstOf(
          headerFault(message, "ee.origin", origin), recordFault(message, number, record));
    }
    return firstOf(
        headerFault(message, "ee.origin", place),
        message.value() == null ? null : "is not a tombstone");
  }

  private @Nullable String deadLetterFault(
      ConsumerRecord<byte[], byte[]> message,
      int number,
      DemoEvent event,
      Expected.DeadLetter expected) {
    if (!Arrays.equals(message.value(), event.value())) {
      return "does not have the bytes of event " + number;
    }
    return firstOf(
        headerFault(message, "ee.reason", expected.reason().label()),
        headerFault(message, "ee.topic", sources.topic()),
        headerFault(message, "ee.partition", String.valueOf(sources.partition(number))),
        headerFault(message, "ee.offset", String.valueOf(sources.offset(number))),
        headerFault(message, "ee.timestamp", String.valueOf(event.timestampMillis())),
        text(message.headers().lastHeader("ee.detail")) == null ? "has no ee.detail" : null);
  }

  private @Nullable String recordFault(
      ConsumerRecord<byte[], byte[]> message, int number, Expected.Record expected) {
    if (message.value() == null) {
      return "is a tombstone in place of a record";
    }
    return Arrays.equals(message.value(), bytes(expected.content()))
        ? null
        : "has other bytes than Thrift writes for event " + number;
  }

  private byte[] bytes(DataRecord record) {
    try {
      return serializer.serialize(record);
    } catch (TException e) {
      throw new IllegalStateException("Thrift cannot write a record of the demo", e);
    }
  }

  private static @Nullable String headerFault(
      ConsumerRecord<?, ?> message, String name, String expected) {
    String found = text(message.headers().lastHeader(name));
    return expected.equals(found) ? null : "has " + name + " " + found + ", expected " + expected;
  }

  private static @Nullable String firstOf(@Nullable String... faults) {
    return Arrays.stream(faults).filter(Objects::nonNull).findFirst().orElse(null);
  }

  static @Nullable String text(@Nullable Header header) {
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
