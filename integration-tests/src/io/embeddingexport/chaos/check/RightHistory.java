package io.embeddingexport.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.audit.CheckPlan;
import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.audit.Report;
import io.embeddingexport.chaos.ledger.LedgerConfig;
import io.embeddingexport.chaos.ledger.LedgerEvent;
import io.embeddingexport.chaos.ledger.LedgerEvents;
import io.embeddingexport.chaos.ledger.LedgerKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * What a right run looks like to its readers: made by a model of the job so small that it can be
 * read at a glance, with the records put together by hand. Tests then change it.
 */
final class RightHistory {
  static final String EVENTS = "events";
  static final String CONFIGS = "configs";
  static final String RECORDS = "records";
  static final String LETTERS = "letters";
  static final int PARTITIONS = 2;
  private static final int MODELS = 2;
  private static final int ENTITIES = 12;

  final LedgerEvents events;
  final List<LedgerConfig> configs = new ArrayList<>();
  final List<ConsumerRecord<byte[], byte[]>> inputs = new ArrayList<>();

  /** Values of key configs of model-1 that must be refused. */
  final List<byte[]> refused = new ArrayList<>();

  /** In the order in which they were written. */
  final List<ConsumerRecord<byte[], byte[]>> outputs = new ArrayList<>();

  /** Whether records keep the header that numbers their inputs. */
  final boolean isTraceForwarded;

  private final Map<String, Long> ends = new HashMap<>();

  RightHistory(long seed, int inputs) {
    this(seed, inputs, false);
  }

  RightHistory(long seed, int inputs, boolean isTraceForwarded) {
    this.isTraceForwarded = isTraceForwarded;
    events = new LedgerEvents(seed, MODELS, ENTITIES, 3);
    for (int sequence = 0; sequence < inputs; sequence++) {
      long version = 1 + 5L * sequence / inputs;
      publish(version);
      export(events.event(sequence), version);
    }
  }

  /** A key config that is refused, and its letter. */
  void refuse(String garbage) {
    refused.add(text(garbage));
    outputs.add(refusal("model-1", garbage, "key-config-refused"));
  }

  ConsumerRecord<byte[], byte[]> refusal(String model, String garbage, String reason) {
    Headers letter = new RecordHeaders();
    letter.add("ee.reason", text(reason));
    letter.add("ee.topic", text(CONFIGS));
    letter.add("ee.partition", text(0));
    letter.add("ee.offset", text(7));
    return message(LETTERS, 0, 1_000, text(model), text(garbage), letter);
  }

  private void publish(long version) {
    for (int model = 0; model < MODELS; model++) {
      LedgerConfig config = new LedgerConfig(model, version, events.dims());
      if (!configs.contains(config)) {
        configs.add(config);
      }
    }
  }

  private void export(LedgerEvent event, long version) {
    int partition = event.entity() % PARTITIONS;
    Headers headers = new RecordHeaders();
    headers.add(ExportChecker.TRACE, text(event.sequence()));
    long timestamp = 1_000 + event.sequence();
    ConsumerRecord<byte[], byte[]> input =
        message(EVENTS, partition, timestamp, event.key(), event.value(), headers);
    inputs.add(input);
    if (event.kind().reason() != null) {
      Headers letter = new RecordHeaders(headers);
      letter.add("ee.reason", text(event.kind().reason()));
      letter.add("ee.detail", text("because"));
      letter.add("ee.topic", text(EVENTS));
      letter.add("ee.partition", text(partition));
      letter.add("ee.offset", text(input.offset()));
      letter.add("ee.timestamp", text(timestamp));
      if (event.kind() == LedgerKind.WRONG_SHAPE || event.kind() == LedgerKind.WRONG_NAME) {
        letter.add("ee.key-config-version", text(version));
      }
      outputs.add(message(LETTERS, 0, timestamp, event.key(), event.value(), letter));
      return;
    }
    Headers record = isTraceForwarded ? new RecordHeaders(headers) : new RecordHeaders();
    byte[] value = null;
    String origin = EVENTS + ":" + partition + ":" + input.offset();
    if (event.value() != null) {
      origin = event.model() + "@" + version + " " + origin;
      value = record(LedgerConfig.key(event.modelNumber(), version), event.vector());
    }
    record.add("ee.origin", text(origin));
    outputs.add(message(RECORDS, event.entity() % 3, timestamp, event.key(), value, record));
  }

  static byte[] record(long key, byte[] vector) {
    return ByteBuffer.allocate(53 + vector.length)
        .put(new byte[] {0x0D, 0, 8, 0x0A, 0x0C, 0, 0, 0, 1})
        .putLong(key)
        .put(new byte[] {0x0C, 0, 1, 0x08, 0, 1, 0, 0, 0, 0, 0x0B, 0, 2})
        .putInt(vector.length)
        .put(vector)
        .put(new byte[] {0x0F, 0, 3, 0x0A, 0, 0, 0, 1})
        .putLong(vector.length / 4)
        .put(new byte[] {0, 0, 0})
        .array();
  }

  private ConsumerRecord<byte[], byte[]> message(
      String topic, int partition, long timestamp, byte[] key, byte[] value, Headers headers) {
    long offset = ends.merge(topic + partition, 1L, Long::sum) - 1;
    return message(topic, partition, offset, timestamp, key, value, headers);
  }

  static ConsumerRecord<byte[], byte[]> message(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte[] key,
      byte[] value,
      Headers headers) {
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        key,
        value,
        headers,
        Optional.empty());
  }

  static byte[] text(Object value) {
    return value.toString().getBytes(UTF_8);
  }

  /** What the checker says if both readers see the same. */
  Report check() {
    return check(outputs, outputs, new BrokerState(List.of(), Map.of(), Map.of()));
  }

  Report check(
      Collection<ConsumerRecord<byte[], byte[]>> beside,
      Collection<ConsumerRecord<byte[], byte[]>> after,
      BrokerState brokers) {
    ExportChecker checker = new ExportChecker(plan());
    Readers readers = new Readers();
    configs.forEach(config -> checker.published(config.name(), config.version()));
    refused.forEach(value -> checker.refused(text("model-1"), value));
    inputs.forEach(checker::input);
    for (ConsumerRecord<byte[], byte[]> message : beside) {
      checker.output(message);
      readers.beside(message);
    }
    after.forEach(readers::after);
    Report report = checker.finish();
    readers.compare(report);
    brokers.addTo(report);
    return report;
  }

  CheckPlan plan() {
    return new CheckPlan(
        EVENTS,
        PARTITIONS,
        CONFIGS,
        RECORDS,
        Map.of(),
        LETTERS,
        ENTITIES,
        isTraceForwarded,
        events);
  }

  static BrokerState brokers(long lastStable, long end) {
    TopicPartition partition = new TopicPartition(RECORDS, 0);
    return new BrokerState(List.of(), Map.of(partition, lastStable), Map.of(partition, end));
  }
}
