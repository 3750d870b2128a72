package io.embeddingexport.kafka.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.embeddingexport.flink.Decision;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.junit.jupiter.api.Test;

class WitnessedWriterTest {
  /** Flink would end the TaskManager: "FATAL - exception in exception handler of task". */
  @Test
  void givenAMessageThatCouldNotBeWrittenWhenClosedThenNothingIsThrown() throws Exception {
    Closing kafka = new Closing(new IOException("Producer attempted to produce with an old epoch"));

    assertThatCode(() -> new WitnessedWriter(null, context -> kafka).close())
        .doesNotThrowAnyException();

    assertThat(kafka.closed).isTrue();
  }

  @Test
  void givenAnInterruptionWhenClosedThenTheThreadStaysInterrupted() throws Exception {
    new WitnessedWriter(null, context -> new Closing(new InterruptedException())).close();

    assertThat(Thread.interrupted()).isTrue();
  }

  /** Flink's writer, as far as it is closed. */
  private static final class Closing
      implements PrecommittingStatefulSinkWriter<Decision, KafkaWriterState, KafkaCommittable> {
    private final Exception failure;
    private boolean closed;

    Closing(Exception failure) {
      this.failure = failure;
    }

    @Override
    public void close() throws Exception {
      closed = true;
      throw failure;
    }

    @Override
    public void write(Decision decision, Context context) {}

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<KafkaCommittable> prepareCommit() {
      return List.of();
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) {
      return List.of();
    }
  }
}
