package io.embeddingexport.kafka.sink;

import static io.embeddingexport.kafka.sink.SinkFixture.P0;
import static io.embeddingexport.kafka.sink.SinkFixture.message;
import static io.embeddingexport.kafka.sink.SinkFixture.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** At least once. */
class PlainWriterTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<Map<?, OffsetAndMetadata>> committed = new ArrayList<>();
  private final Positions positions = new Positions();
  private long nanos;
  private final PlainWriter writer =
      new PlainWriter(producer, committed::add, positions, () -> nanos);

  PlainWriterTest() {
    positions.start(start(P0, 0));
    writer.open();
  }

  private void write(int number) {
    writer.write(message(number));
    positions.move(P0.topic(), P0.partition(), number + 1);
  }

  private List<Long> offsets() {
    return committed.stream().map(offsets -> offsets.get(P0).offset()).toList();
  }

  @Test
  void messagesAreVisibleAtOnceAndPositionsAreCommittedAfterTheCheckpoint() throws Exception {
    write(0);
    assertThat(producer.history()).hasSize(1);
    writer.prepare(1);
    write(1);
    assertThat(committed).isEmpty();

    writer.commit(1);
    assertThat(offsets()).as("at the barrier").containsExactly(1L);
  }

  @Test
  void ofSeveralCheckpointsTheNewestThatIsCompleteCounts() throws Exception {
    for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
      write(checkpoint);
      writer.prepare(checkpoint);
    }
    writer.commit(2);
    writer.commit(2);
    assertThat(offsets()).containsExactly(3L);

    writer.commit(3);
    assertThat(offsets()).containsExactly(3L, 4L);
  }

  @Test
  void whereNothingMovedNothingIsCommittedButOnceADay() throws Exception {
    writer.prepare(1);
    writer.commit(1);
    assertThat(committed).isEmpty();

    nanos += Duration.ofDays(1).toNanos();
    writer.prepare(2);
    writer.prepare(3);
    writer.commit(3);
    assertThat(offsets()).containsExactly(0L);
  }

  @Test
  void aMessageThatCouldNotBeWrittenFailsTheCheckpoint() {
    MockProducer<byte[], byte[]> slow =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    PlainWriter late = new PlainWriter(slow, committed::add, positions, () -> nanos);
    late.write(message(0));
    slow.errorNext(new KafkaException("no leader"));

    assertThatThrownBy(() -> late.prepare(1))
        .isInstanceOf(FlinkRuntimeException.class)
        .hasMessageContaining("no leader");
    assertThatThrownBy(() -> late.write(message(1))).hasMessageContaining("no leader");
  }

  @Test
  void aCloseWaitsForNothing() {
    writer.close();

    assertThat(producer.closed()).isTrue();
  }
}
