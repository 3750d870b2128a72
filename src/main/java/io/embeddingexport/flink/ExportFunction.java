package io.embeddingexport.flink;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;

/**
 * Decides what becomes of each input: the job's one step between source and sink. Every envelope
 * gives exactly one decision; nothing an input holds makes it throw. A key config that is followed
 * and refused gives a decision too, its dead letter, from one instance only.
 *
 * <p>The key configs are kept in operator state, so that no model's version falls when the job
 * restarts with older ones.
 *
 * <p>As a flat map it emits the letter of a refused key config with the next event, and again after
 * each start. Run by an {@link ExportOperator} it emits it once, by the next checkpoint, whether or
 * not there are events.
 */
public final class ExportFunction extends RichFlatMapFunction<Envelope, Decision>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 3;

  private final ExportSpec plan;
  private boolean makesLetters = true;
  private boolean toldPositions;
  private transient ExportRuntime export;
  private transient RefusedKeyConfigs refused;

  /**
   * Exports under these key configs alone.
   *
   * @param staticConfigs at most one a model
   * @throws IllegalArgumentException if two are for the same model
   */
  public ExportFunction(EventFormat format, ExportLimits limits, List<KeyConfig> staticConfigs) {
    this(new ExportSpec(format, limits, staticConfigs));
  }

  private ExportFunction(ExportSpec plan) {
    this.plan = plan;
  }

  /**
   * This function, following {@code source} too: of a model that both have, the greater version is
   * in force.
   *
   * @param waitTimeout longest that an event waits for the key-config version it names; 0: not
   * @throws IllegalArgumentException if {@code waitTimeout} is negative
   */
  public ExportFunction following(KeyConfigSource source, Duration waitTimeout) {
    return with(plan.following(source, waitTimeout));
  }

  /** This function, which skips what is not of one of these models; none: it skips nothing. */
  public ExportFunction only(Collection<String> models) {
    return with(plan.only(models));
  }

  /**
   * This function, whose records keep the input's headers of these names: their bytes count against
   * the largest record.
   */
  public ExportFunction forwarding(Collection<String> headers) {
    return with(plan.forwarding(headers));
  }

  /** This function, which makes no dead letters of key configs that are refused. */
  public ExportFunction withoutKeyConfigLetters() {
    ExportFunction without = with(plan);
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
    ExportFunction told = with(plan);
    told.toldPositions = true;
    return told;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    OperatorStateStore state = context.getOperatorStateStore();
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    refused = refusedKeyConfigs(subtask);
    export = plan.start(state, getRuntimeContext(), refused);
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
    out.collect(decide(input));
  }

  /** The decision on one input. */
  Decision decide(Envelope input) {
    return export.decide(input);
  }

  /** Takes where a partition starts. It may be one of the key configs. */
  void start(PartitionStart start) {
    refused.start(start);
  }

  /** Puts the key configs that have come in force, and emits the letters of those refused. */
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
