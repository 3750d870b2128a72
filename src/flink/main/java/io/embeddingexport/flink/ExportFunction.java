package io.embeddingexport.flink;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;

/**
 * Decides the outcome of each input: the job's one step between source and sink. Every envelope
 * yields exactly one decision; no input makes it throw. A refused key config also yields a
 * decision, its dead letter, from one instance only.
 *
 * <p>Operator state keeps the key configs, so no model's version falls when the job restarts with
 * older ones.
 *
 * <p>As a flat map, it emits the dead letter of a refused key config with the next event, and again
 * after each start. Inside an {@link ExportOperator}, it emits it once, by the next checkpoint,
 * with or without events.
 */
@PublicEvolving
public final class ExportFunction extends RichFlatMapFunction<Envelope, Decision>
    implements CheckpointedFunction {
  /** One event in so many is measured if nothing else is said. */
  public static final int DEFAULT_SAMPLE_EVERY = 1024;

  /** The least that is measured: one event in so many. */
  public static final int MAX_SAMPLE_EVERY = 1 << 30;

  private static final long serialVersionUID = 3;

  private final ExportSpec spec;
  private boolean makesLetters = true;
  private boolean toldPositions;
  private transient ExportRuntime export;
  private transient RefusedKeyConfigs refused;

  /**
   * Exports under these key configs alone.
   *
   * @param staticConfigs at most one per model
   * @throws IllegalArgumentException if two are for the same model
   */
  public ExportFunction(EventFormat format, ExportLimits limits, List<KeyConfig> staticConfigs) {
    this(List.of(InputText.of(format)), limits, staticConfigs);
  }

  /**
   * Exports events of these inputs, under these key configs alone.
   *
   * @param inputs each with its own topics, or one for all
   * @param staticConfigs at most one per model
   * @throws IllegalArgumentException if an input is invalid, or two key configs are for the same
   *     model
   */
  public ExportFunction(
      List<InputText> inputs, ExportLimits limits, List<KeyConfig> staticConfigs) {
    this(new ExportSpec(inputs, limits, staticConfigs));
  }

  private ExportFunction(ExportSpec spec) {
    this.spec = spec;
  }

  /**
   * This function, also following {@code source}: if both have a model, the greater version is in
   * force.
   *
   * @param waitTimeout longest an event waits for the key-config version it names; 0: no wait
   * @throws IllegalArgumentException if {@code waitTimeout} is negative
   */
  public ExportFunction following(KeyConfigSource source, Duration waitTimeout) {
    return with(spec.following(source, waitTimeout));
  }

  /** This function, skipping inputs of other models; an empty list skips nothing. */
  public ExportFunction only(Collection<String> models) {
    return with(spec.only(models));
  }

  /**
   * This function, with records that keep the input's headers of these names. Their bytes count
   * against the largest record.
   */
  public ExportFunction forwarding(Collection<String> headers) {
    return with(spec.forwarding(headers));
  }

  /**
   * This function, measuring encode time and embeddings of one event in {@code every}, at random;
   * 0: none. The default is 1,024.
   *
   * @throws IllegalArgumentException if {@code every} is negative, or above 2^30
   */
  public ExportFunction sampling(int every) {
    return with(spec.sampling(every));
  }

  /** This function, without dead letters for refused key configs. */
  public ExportFunction withoutKeyConfigLetters() {
    ExportFunction without = with(spec);
    without.makesLetters = false;
    return without;
  }

  private ExportFunction with(ExportSpec other) {
    ExportFunction copy = new ExportFunction(other);
    copy.makesLetters = makesLetters;
    copy.toldPositions = toldPositions;
    return copy;
  }

  /** This function, run by an operator that calls {@link #start}. */
  ExportFunction toldPositions() {
    ExportFunction told = with(spec);
    told.toldPositions = true;
    return told;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    OperatorStateStore state = context.getOperatorStateStore();
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    refused = refusedKeyConfigs(subtask);
    export = spec.start(state, getRuntimeContext(), refused);
  }

  private RefusedKeyConfigs refusedKeyConfigs(int subtask) {
    if (!makesLetters) {
      return RefusedKeyConfigs.withoutLetters();
    }
    return toldPositions
        ? RefusedKeyConfigs.oncePerMessage(subtask)
        : RefusedKeyConfigs.asTheyCome(subtask);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    export.open();
  }

  @Override
  public void flatMap(Envelope input, Collector<Decision> out) throws Exception {
    emitRefused(letter -> out.collect((Decision) letter));
    emit(decide(input), out);
  }

  /** Emits a decision, or those of its items. */
  static void emit(Decision decision, Collector<Decision> out) {
    if (decision.outcome() instanceof Items items) {
      decision.ofItems(items).forEach(out::collect);
    } else {
      out.collect(decision);
    }
  }

  /** The decision on one input. */
  Decision decide(Envelope input) {
    return export.decide(input);
  }

  /**
   * The decision on the input of a dead letter.
   *
   * @param item that the letter is for; {@link Decision#WHOLE} if it is for the whole input
   */
  Decision decideAgain(Envelope input, int item) {
    return export.decideAgain(input, item);
  }

  /** Counts an input that is not decided. */
  void skip() {
    export.skip();
  }

  /** Takes the start of a partition, which may hold key configs. */
  void start(PartitionStart start) {
    refused.start(start);
  }

  /** Applies the key configs received so far, and emits the dead letters of those refused. */
  void emitRefused(Consumer<Output> out) throws Exception {
    export.updateKeyConfigs();
    if (refused.arePending()) {
      refused.emit(out);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    export.updateKeyConfigs();
  }

  @Override
  public void close() throws Exception {
    if (export != null) {
      export.close();
    }
  }
}
