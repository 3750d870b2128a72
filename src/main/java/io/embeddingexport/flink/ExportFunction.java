package io.embeddingexport.flink;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.keys.KeyConfig;
import java.util.List;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Decides what becomes of each input: the job's one step between source and sink. Every envelope
 * gives exactly one decision; nothing an input holds makes it throw.
 *
 * <p>The key configs are kept in operator state, so that no model's version falls when the job
 * restarts with older ones.
 */
public final class ExportFunction extends RichMapFunction<Envelope, Decision>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final ExportPlan plan;
  private transient RunningExport export;

  /**
   * @param staticConfigs at most one a model
   * @throws IllegalArgumentException if two are for the same model
   */
  public ExportFunction(EventFormat format, ExportLimits limits, List<KeyConfig> staticConfigs) {
    this.plan = new ExportPlan(format, limits, staticConfigs);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    export = plan.start(context.getOperatorStateStore(), getRuntimeContext().getMetricGroup());
  }

  @Override
  public Decision map(Envelope input) {
    return new Decision(
        input, export.export(input.value(), input.key() != null, input.carriedBytes()));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // The state is written when a key config changes.
  }
}
