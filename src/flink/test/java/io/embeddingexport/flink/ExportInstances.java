package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.PartitionProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * All instances of a job that follows a log, with its checkpoints and its sink's transactions. What
 * the sink commits with them is where the next start goes on.
 */
final class ExportInstances implements AutoCloseable {
  private final ExportFunction function;
  private final List<String> committed = new ArrayList<>();
  private final List<String> uncommitted = new ArrayList<>();
  private List<ExportInstance> instances = List.of();

  /** Offset in the log's only partition. */
  private long committedPosition;

  private long position;

  private OperatorSubtaskState @Nullable [] states;

  private ExportInstances(KeyConfigLog log) {
    this.function = function().following(log.source(), Duration.ZERO);
  }

  static ExportInstances start(KeyConfigLog log, int parallelism) throws Exception {
    ExportInstances job = new ExportInstances(log);
    job.restore(parallelism);
    job.checkpoint();
    return job;
  }

  /** Each instance's decision on a vector of {@code model}. */
  void assertOutcome(String model, String outcome) throws Exception {
    for (int i = 0; i < instances.size(); i++) {
      List<Output> emitted = instances.get(i).outputs(ExportInstance.vector(model, 0));
      Decision last = (Decision) emitted.get(emitted.size() - 1);
      assertThat(shown(last.outcome()))
          .as("instance %d of %d", i, instances.size())
          .isEqualTo(outcome);
      sink(emitted.subList(0, emitted.size() - 1));
    }
  }

  /** {@code exported 3}, {@code model-retired 3}: what became of an event, under which version. */
  static String shown(Outcome outcome) {
    return outcome instanceof Exported exported
        ? "exported " + exported.keyConfigVersion()
        : ((Rejected) outcome).reason().label() + ' ' + ((Rejected) outcome).keyConfigVersion();
  }

  void checkpoint() throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[instances.size()];
    for (int i = 0; i < snapshots.length; i++) {
      sink(instances.get(i).outputsBeforeBarrier());
      snapshots[i] = instances.get(i).snapshot();
    }
    states = snapshots;
    committed.addAll(uncommitted);
    uncommitted.clear();
    committedPosition = position;
  }

  /** Starts again from the last checkpoint; what was not committed is aborted. */
  void crash() throws Exception {
    uncommitted.clear();
    restore(instances.size());
  }

  void rescale(int parallelism) throws Exception {
    checkpoint();
    restore(parallelism);
  }

  private void restore(int parallelism) throws Exception {
    close();
    List<ExportInstance> started = new ArrayList<>();
    instances = started;
    if (states == null) {
      for (int i = 0; i < parallelism; i++) {
        started.add(ExportInstance.start(function, parallelism, i));
      }
    } else {
      OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(states);
      started.addAll(ExportInstance.restore(function, all, states.length, parallelism));
    }
    position = committedPosition;
    started.get(0).toldStart(position);
  }

  private void sink(List<Output> outputs) {
    for (Output output : outputs) {
      if (output instanceof Decision letter) {
        uncommitted.add(letter.input().toString());
        position = letter.input().offset() + 1;
      } else {
        position = ((PartitionProgress) output).next();
      }
    }
  }

  /** Where the refused key configs stood whose letters are committed, in their order. */
  List<String> committedLetters() {
    return committed;
  }

  /** The first instance's part of the last checkpoint. */
  OperatorSubtaskState firstState() {
    return states[0];
  }

  @Override
  public void close() throws Exception {
    for (ExportInstance instance : instances) {
      instance.close();
    }
    instances = List.of();
  }
}
