package io.embeddingexport.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.DataRecordView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DataRecordConsumerTest {
  private static final TopicPartition PARTITION = new TopicPartition("records", 0);

  private final MockConsumer<byte[], DataRecordView> kafka = new MockConsumer<>("earliest");

  @Test
  void aRepeatIsNotHandedOut() {
    DataRecordConsumer consumer = consumer(0);
    messages(0, "events:0:1", "events:0:2", "events:0:1", "events:0:3");

    assertThat(offsets(consumer)).containsExactly(0L, 1L, 3L);
  }

  @Test
  void aConsumerThatStartsAgainKnowsWhatTheOneBeforeItHandedOut() {
    DataRecordConsumer consumer = consumer(3);
    messages(0, "events:0:1", "events:0:2", "events:0:3", "events:0:2", "events:0:4");

    assertThat(offsets(consumer)).containsExactly(4L);
  }

  @Test
  void aPositionThatWasCommittedIsNeverCommittedLower() {
    DataRecordConsumer consumer = consumer(3);
    messages(0, "events:0:1");

    assertThat(offsets(consumer)).isEmpty();
    consumer.commit();

    assertThat(kafka.committed(Set.of(PARTITION)).get(PARTITION).offset()).isEqualTo(3);
  }

  @Test
  void aPartitionThatComesBackIsReadFromItsPositionOn() {
    DataRecordConsumer consumer = consumer(0);
    messages(0, "events:0:1", "events:0:2");
    assertThat(offsets(consumer)).containsExactly(0L, 1L);

    // Nothing was committed: the messages come again.
    kafka.rebalance(List.of());
    kafka.rebalance(List.of(PARTITION));
    kafka.seek(PARTITION, 0);
    messages(0, "events:0:1", "events:0:2");

    assertThat(offsets(consumer)).containsExactly(0L, 1L);
  }

  @Test
  void withoutTheFilterNothingIsReread() {
    DataRecordConsumer consumer = new DataRecordConsumer(kafka);
    assign(consumer, 3);

    assertThat(kafka.position(PARTITION)).isEqualTo(3);
  }

  @Test
  void commitsOfTheClientItselfAreRefused() {
    assertThatThrownBy(
            () ->
                DataRecordConsumer.subscribe(
                    Map.of("enable.auto.commit", "true"), List.of("records")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("remove it, and call commit()");
  }

  /** A consumer that drops repeats, of a group that has committed {@code position}. */
  private DataRecordConsumer consumer(long position) {
    DataRecordConsumer consumer = new DataRecordConsumer(kafka).dropRepeats(100);
    assign(consumer, position);
    return consumer;
  }

  private void assign(DataRecordConsumer consumer, long position) {
    consumer.subscribe(List.of("records"));
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    kafka.schedulePollTask(() -> kafka.rebalance(List.of(PARTITION)));
    if (position > 0) {
      kafka.rebalance(List.of(PARTITION));
      kafka.commitSync(
          Map.of(PARTITION, new org.apache.kafka.clients.consumer.OffsetAndMetadata(position)));
      kafka.rebalance(List.of());
    }
    consumer.poll(Duration.ZERO);
  }

  private void messages(long offset, String... origins) {
    for (int i = 0; i < origins.length; i++) {
      RecordHeaders headers = new RecordHeaders();
      headers.add(Origin.HEADER, ("user@1 " + origins[i]).getBytes(UTF_8));
      kafka.addRecord(
          new ConsumerRecord<>(
              "records",
              0,
              offset + i,
              0,
              TimestampType.CREATE_TIME,
              0,
              0,
              new byte[0],
              null,
              headers,
              java.util.Optional.empty()));
    }
  }

  private static List<Long> offsets(DataRecordConsumer consumer) {
    return consumer.poll(Duration.ZERO).stream().map(ConsumerRecord::offset).toList();
  }
}
