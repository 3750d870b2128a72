package io.embeddingexport.chaos.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.audit.Anomaly;
import io.embeddingexport.audit.CheckPlan;
import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.chaos.check.Readers;
import io.embeddingexport.chaos.ledger.LedgerEvent;
import io.embeddingexport.chaos.ledger.LedgerEvents;
import io.embeddingexport.chaos.ledger.LedgerKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outputs are tombstones here: the simplest that there is. */
class PairedReaderTest {
  private static final TopicPartition INPUT = new TopicPartition("events", 0);
  private static final TopicPartition OUTPUT = new TopicPartition("records", 0);

  private final LedgerEvents events = new LedgerEvents(1, 1, 1, 4);
  private final List<LedgerEvent> tombstones =
      LongStream.iterate(0, number -> number + 1)
          .mapToObj(events::event)
          .filter(event -> event.kind() == LedgerKind.TOMBSTONE)
          .limit(3)
          .toList();
  private final MockConsumer<byte[], byte[]> inputs = new MockConsumer<>("earliest");
  private final MockConsumer<byte[], byte[]> outputs = new MockConsumer<>("earliest");
  private final ExportChecker checker =
      new ExportChecker(
          new CheckPlan("events", 1, "configs", "records", Map.of(), "letters", 1, false, events));
  private long nanos;
  private final PairedReader reader =
      new PairedReader(inputs, outputs, checker, new Readers(), () -> nanos);

  @BeforeEach
  void assign() {
    assign(inputs, INPUT);
    assign(outputs, OUTPUT);
  }

  private static void assign(MockConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.updateEndOffsets(Map.of(partition, 0L));
    consumer.seek(partition, 0);
  }

  @Test
  void anOutputThatIsReadBeforeItsInputWaitsForIt() {
    // One poll, and a second one, find no input yet.
    inputs.schedulePollTask(() -> {});
    inputs.schedulePollTask(() -> {});
    inputs.schedulePollTask(() -> inputs.addRecord(input(0)));
    outputs.addRecord(output(0));

    reader.step();

    assertThat(checker.report().tombstones()).isEqualTo(1);
    assertThat(checker.report().first()).isEmpty();
  }

  @Test
  void whatWasReadIsNotForgottenIfBrokersGoAwayBeforeItIsChecked() {
    outputs.addRecord(output(0));
    outputs.addRecord(output(1));
    inputs.schedulePollTask(() -> inputs.addRecord(input(0)));
    inputs.schedulePollTask(
        () -> {
          throw new TimeoutException("no broker");
        });
    assertThatThrownBy(reader::step).isInstanceOf(TimeoutException.class);
    assertThat(checker.report().tombstones()).isEqualTo(1);

    inputs.schedulePollTask(() -> inputs.addRecord(input(1)));
    reader.step();

    assertThat(checker.report().tombstones()).isEqualTo(2);
    assertThat(checker.report().first()).isEmpty();
  }

  @Test
  void anInputThatNeverComesIsNotWaitedForForever() {
    outputs.addRecord(output(0));
    inputs.schedulePollTask(() -> {});
    inputs.schedulePollTask(() -> nanos = 181_000_000_000L);

    reader.step();

    assertThat(checker.report().counts()).isEqualTo(Map.of(Anomaly.Kind.UNKNOWN_SOURCE, 1L));
  }

  @Test
  void whatIsLeftToReadIsToldByPartition() {
    outputs.updateEndOffsets(Map.of(OUTPUT, 2L));
    Map<TopicPartition, Long> ends = reader.outputEnds();
    assertThat(reader.behind(ends)).isEqualTo(Map.of(OUTPUT, 2L));

    for (int offset = 0; offset < 2; offset++) {
      inputs.addRecord(input(offset));
      outputs.addRecord(output(offset));
    }
    reader.step();

    assertThat(reader.behind(ends)).isEmpty();
  }

  private ConsumerRecord<byte[], byte[]> input(int offset) {
    return message(
        INPUT, offset, ExportChecker.TRACE, Long.toString(tombstones.get(offset).sequence()));
  }

  private ConsumerRecord<byte[], byte[]> output(int offset) {
    return message(OUTPUT, offset, "ee.origin", "events:0:" + offset);
  }

  private ConsumerRecord<byte[], byte[]> message(
      TopicPartition partition, int offset, String header, String value) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        1_000L,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        tombstones.get(offset).key(),
        null,
        new RecordHeaders().add(header, value.getBytes(UTF_8)),
        Optional.empty());
  }
}
