package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Input;
import io.embeddingexport.flink.types.InputTypeInfo;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.OutputTypeInfo;
import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.flink.types.ThriftSamples;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/** One instance of the export operator, in Flink's test harness. */
final class ExportInstance implements AutoCloseable {
  private static final int MAX_PARALLELISM = 8;

  private final MockEnvironment environment;
  private final OneInputStreamOperatorTestHarness<Input, Output> harness;
  private final RegisteredMetrics metrics = new RegisteredMetrics();

  private ExportInstance(
      ExportFunction function, int parallelism, int index, @Nullable OperatorSubtaskState state)
      throws Exception {
    this(new ExportOperator(function), parallelism, index, state);
  }

  private ExportInstance(
      OneInputStreamOperator<Input, Output> operator,
      int parallelism,
      int index,
      @Nullable OperatorSubtaskState state)
      throws Exception {
    environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(index)
            .setMetricGroup(metrics.newTask())
            .build();
    // A task gets a copy of the client's operator, made by Java serialization.
    harness =
        new OneInputStreamOperatorTestHarness<>(
            InstantiationUtil.clone(operator),
            InputTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()),
            environment);
    harness.setup(OutputTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
    try {
      if (state == null) {
        harness.initializeEmptyState();
      } else {
        harness.initializeState(state);
      }
      harness.open();
    } catch (Exception e) {
      close(); // as a task does with an operator that it could not open
      throw e;
    }
  }

  /** A function for Thrift events. */
  static ExportFunction function(KeyConfig... configs) {
    return new ExportFunction(EventFormat.THRIFT, ExportLimits.DEFAULT, List.of(configs));
  }

  /** The only instance of a job that starts with no state. */
  static ExportInstance start(ExportFunction function) throws Exception {
    return new ExportInstance(function, 1, 0, null);
  }

  /** The only instance of a job that stops at too many rejects. */
  static ExportInstance limited(ExportFunction function, RejectLimit limit) throws Exception {
    return new ExportInstance(new ExportOperator(function, limit), 1, 0, null);
  }

  /** The only instance of a replay of dead letters. */
  static ExportInstance replaying(ExportFunction function, LetterInputs letters) throws Exception {
    return new ExportInstance(new ReplayOperator(function, letters), 1, 0, null);
  }

  /** One of {@code parallelism} instances of a job that starts with no state. */
  static ExportInstance start(ExportFunction function, int parallelism, int index)
      throws Exception {
    return new ExportInstance(function, parallelism, index, null);
  }

  /** The only instance of a job that starts from {@code state}. */
  static ExportInstance restore(ExportFunction function, OperatorSubtaskState state)
      throws Exception {
    return new ExportInstance(function, 1, 0, state);
  }

  /** All instances of a job that starts from the state that {@code oldParallelism} ones left. */
  static List<ExportInstance> restore(
      ExportFunction function, OperatorSubtaskState all, int oldParallelism, int parallelism) {
    return IntStream.range(0, parallelism)
        .mapToObj(
            index -> {
              OperatorSubtaskState own =
                  AbstractStreamOperatorTestHarness.repartitionOperatorState(
                      all, MAX_PARALLELISM, oldParallelism, parallelism, index);
              try {
                return new ExportInstance(function, parallelism, index, own);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  /** All that is emitted for one input. */
  List<Output> outputs(Input input) throws Exception {
    harness.processElement(new StreamRecord<>(input));
    return takeEmitted();
  }

  /** The decisions that are emitted for one input: letters of key configs, and last its own. */
  List<Decision> process(Envelope input) throws Exception {
    return decisions(outputs(input));
  }

  /** Says where the log's only partition starts: messages before have had their letters. */
  ExportInstance toldStart(long next) throws Exception {
    PartitionStart start = start(KeyConfigLog.FIRST_ID, next);
    assertThat(outputs(start)).containsExactly(start);
    return this;
  }

  /** The start of the log's only partition. */
  static PartitionStart start(String topicId, long next) {
    return new PartitionStart(KeyConfigLog.TOPIC, 0, topicId, next, "marker");
  }

  /** What was emitted since the last call. */
  private List<Output> takeEmitted() {
    List<Output> emitted = List.copyOf(harness.extractOutputValues());
    harness.getOutput().clear();
    return emitted;
  }

  /** Those of the outputs that are decisions. */
  static List<Decision> decisions(List<Output> outputs) {
    return outputs.stream().filter(Decision.class::isInstance).map(Decision.class::cast).toList();
  }

  Decision decide(Envelope input) throws Exception {
    List<Decision> emitted = process(input);
    return emitted.get(emitted.size() - 1);
  }

  /** Decides a vector of two zeros, with a key. */
  Outcome decideVector(String model) throws Exception {
    return decide(event(ThriftSamples.event(model, 42, new byte[8]))).outcome();
  }

  /** Decides a vector of two zeros that names a key-config version. */
  Outcome decideVector(String model, long version) throws Exception {
    return decide(vector(model, version)).outcome();
  }

  /** An event of a vector of two zeros that names a key-config version. */
  static Envelope vector(String model, long version) {
    return event(ThriftSamples.event(model, 42, new byte[8]).setKeyConfigVersion(version));
  }

  private static Envelope event(EmbeddingEvent event) {
    return new Envelope(
        new byte[] {1}, ThriftSamples.bytes(event), Envelope.NO_HEADERS, 0, "events", 0, 0);
  }

  /** The version an event of {@code model} is exported under. */
  long version(String model) throws Exception {
    return ((Exported) decideVector(model)).keyConfigVersion();
  }

  RegisteredMetrics metrics() {
    return metrics;
  }

  /** Prepares a checkpoint. */
  void barrier(long checkpoint) throws Exception {
    harness.prepareSnapshotPreBarrier(checkpoint);
  }

  /** Says that a checkpoint is complete. */
  void completed(long checkpoint) throws Exception {
    harness.notifyOfCompletedCheckpoint(checkpoint);
  }

  /** What leaves before a barrier with no event at all. */
  List<Output> outputsBeforeBarrier() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return takeEmitted();
  }

  /** The decisions that leave before a barrier with no event at all. */
  List<Decision> beforeBarrier() throws Exception {
    return decisions(outputsBeforeBarrier());
  }

  /** What leaves at the end of a bounded input. */
  List<Output> endInput() throws Exception {
    harness.endInput();
    return takeEmitted();
  }

  /** The state alone; {@link #beforeBarrier} comes first in a task. */
  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  @Override
  public void close() throws Exception {
    harness.close();
    environment.close();
  }
}
