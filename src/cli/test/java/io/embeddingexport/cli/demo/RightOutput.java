package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.audit.Expected;
import io.embeddingexport.audit.ExportChecker;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What a right export makes of the demo's events, each at partition i mod 3, offset i / 3. */
final class RightOutput {
  private static final int PARTITIONS = 3;

  /** What becomes of event {@code i} under {@code version}. */
  static ConsumerRecord<byte[], byte[]> of(DemoEvents events, int i, long version) {
    DemoEvents.Entry event = events.entry(i);
    RecordHeaders headers = new RecordHeaders();
    add(headers, "trace", "" + i);
    String topic = "data-records";
    byte[] value = null;
    int partition = event.keyNumber() % PARTITIONS;
    String origin = "embedding-events:" + partition + ":" + i;
    Expected expected = event.expected(version, null);
    if (expected instanceof Expected.Letter letter) {
      topic = "dead-letters";
      value = event.value();
      add(headers, "ee.reason", letter.reason());
      add(headers, "ee.detail", "because");
      add(headers, "ee.topic", "embedding-events");
      add(headers, "ee.partition", "" + partition);
      add(headers, "ee.offset", "" + i);
      add(headers, "ee.timestamp", "" + event.timestampMillis());
    } else {
      if (expected instanceof Expected.Record record) {
        value = record.value();
        origin = event.model() + "@" + record.version() + " " + origin;
      }
      add(headers, "ee.origin", origin);
    }
    return new ConsumerRecord<>(
        topic,
        partition,
        i,
        event.timestampMillis(),
        TimestampType.CREATE_TIME,
        0,
        0,
        event.key(),
        value,
        headers,
        Optional.empty());
  }

  /** A checker that knows of all events. */
  static ExportChecker checker(DemoEvents events) {
    ExportChecker checker = new ExportChecker(DemoJob.plan(events, PARTITIONS));
    checker.published("user", DemoFixtures.USER.version());
    checker.published("user", DemoFixtures.NEXT_USER.version());
    checker.published("item", DemoFixtures.ITEM.version());
    for (int i = 0; i < events.count(); i++) {
      DemoEvents.Entry event = events.entry(i);
      checker.input(event.keyNumber() % PARTITIONS, i, event.timestampMillis(), i);
    }
    return checker;
  }

  static ExportChecker checked(DemoEvents events, List<ConsumerRecord<byte[], byte[]>> output) {
    ExportChecker checker = checker(events);
    output.forEach(checker::output);
    return checker;
  }

  private static void add(RecordHeaders headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  private RightOutput() {}
}
