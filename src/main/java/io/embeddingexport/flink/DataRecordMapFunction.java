package io.embeddingexport.flink;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeyConfig;
import java.util.List;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Turns the bytes of an embedding event into the bytes of its DataRecord, in any Flink job:
 *
 * <pre>{@code
 * DataStream<byte[]> records =
 *     events.map(new DataRecordMapFunction(keyConfig)).uid("export");
 * }</pre>
 *
 * <p>A map makes one record of each event, so an event that cannot become one fails the job with a
 * {@link RejectedEventException}, and again after each restart as long as the event is in the
 * input. Where bad events are to go to a dead-letter topic instead, use {@link ExportFunction},
 * which decides without ever throwing.
 *
 * <p>The key configs are kept in operator state: give the operator a uid. After a restart with an
 * older version than the state's the state's stays in force; that is counted and logged.
 *
 * <p>Needs neither Kryo nor generic types. Emitted arrays are never touched again, and arrays taken
 * in are not changed.
 */
public final class DataRecordMapFunction extends RichMapFunction<byte[], byte[]>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final ExportPlan plan;
  private transient RunningExport export;

  /**
   * For Thrift events, within {@link ExportLimits#DEFAULT}.
   *
   * @throws IllegalArgumentException if two are for the same model
   */
  public DataRecordMapFunction(KeyConfig... keyConfigs) {
    this(EventFormat.THRIFT, ExportLimits.DEFAULT, List.of(keyConfigs));
  }

  private DataRecordMapFunction(
      EventFormat format, ExportLimits limits, List<KeyConfig> keyConfigs) {
    this.plan = new ExportPlan(format, limits, keyConfigs);
  }

  /** For other event formats and limits. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    export = plan.start(context.getOperatorStateStore(), getRuntimeContext().getMetricGroup());
  }

  /**
   * The record of one event.
   *
   * @throws RejectedEventException if the event cannot become a record
   */
  @Override
  public byte[] map(byte[] event) throws RejectedEventException {
    // Without a key no event is a tombstone, so what is not exported is rejected.
    Outcome outcome = export.export(event, false, 0);
    if (outcome instanceof Exported exported) {
      return exported.record();
    }
    throw new RejectedEventException((Rejected) outcome);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // The state is written when a key config changes.
  }

  /** Settings of a function; each has a default but the key configs. */
  public static final class Builder {
    private EventFormat format = EventFormat.THRIFT;
    private ExportLimits limits = ExportLimits.DEFAULT;
    private List<KeyConfig> keyConfigs = List.of();

    private Builder() {}

    /** The events' encoding; Thrift if not set. */
    public Builder format(EventFormat format) {
      this.format = format;
      return this;
    }

    /** What is refused for its size; {@link ExportLimits#DEFAULT} if not set. */
    public Builder limits(ExportLimits limits) {
      this.limits = limits;
      return this;
    }

    /** At most one a model; replaces those set before. */
    public Builder keyConfigs(List<KeyConfig> keyConfigs) {
      this.keyConfigs = List.copyOf(keyConfigs);
      return this;
    }

    /**
     * A function with these settings.
     *
     * @throws IllegalArgumentException if two key configs are for the same model
     */
    public DataRecordMapFunction build() {
      return new DataRecordMapFunction(format, limits, keyConfigs);
    }
  }
}
