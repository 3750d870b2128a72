package io.embeddingexport.flink;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an embedding event into the bytes of its DataRecord, in any Flink job:
 *
 * <pre>{@code
 * DataStream<byte[]> records =
 *     events.map(new DataRecordMapFunction(keyConfig)).uid("export");
 * }</pre>
 *
 * <p>A map makes one record from each event, so an event that cannot become one fails the job with
 * a {@link RejectedEventException}, and again after each restart while the event is in the input.
 * Use {@link ExportFunction}, which never throws, to send bad events to a dead-letter topic
 * instead.
 *
 * <p>The key configs are kept in operator state: give the operator a uid. If a restart brings an
 * older version than the state's, the state's stays in force; this is counted and logged.
 *
 * <p>Needs neither Kryo nor generic types. Emitted arrays are never touched again, and input arrays
 * are not changed.
 */
@PublicEvolving
public final class DataRecordMapFunction extends RichMapFunction<byte[], byte[]>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final ExportSpec spec;
  private transient ExportRuntime export;

  /**
   * For Thrift events, within {@link ExportLimits#DEFAULT}.
   *
   * @throws IllegalArgumentException if two are for the same model
   */
  public DataRecordMapFunction(KeyConfig... keyConfigs) {
    this(
        new ExportSpec(
            List.of(InputText.of(EventFormat.THRIFT)), ExportLimits.DEFAULT, List.of(keyConfigs)));
  }

  private DataRecordMapFunction(ExportSpec spec) {
    this.spec = spec;
  }

  /** For other event formats and limits. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    export =
        spec.start(
            context.getOperatorStateStore(),
            getRuntimeContext(),
            RefusedKeyConfigs.withoutLetters());
  }

  @Override
  public void open(OpenContext context) throws Exception {
    export.open();
  }

  /**
   * The record of one event.
   *
   * @throws RejectedEventException if the event cannot become a record
   * @throws Exception if the key configs can no longer be followed
   */
  @Override
  public byte[] map(byte[] event) throws Exception {
    export.updateKeyConfigs();
    // No event is a tombstone without a key, so whatever is not exported is rejected.
    Outcome outcome = export.export(EventMessage.of(event), 0);
    if (outcome instanceof Exported exported) {
      return exported.record();
    }
    if (outcome instanceof Rejected rejected) {
      throw new RejectedEventException(rejected);
    }
    throw new IllegalStateException(
        "a map gives one record for each event, but this one holds several; use ExportFunction");
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

  /** Settings of a function; all but the key configs have a default. */
  public static final class Builder {
    private InputText input = InputText.of(EventFormat.THRIFT);
    private ExportLimits limits = ExportLimits.DEFAULT;
    private List<KeyConfig> keyConfigs = List.of();
    private @Nullable KeyConfigSource source;
    private Duration waitTimeout = Duration.ZERO;

    private Builder() {}

    /** The encoding of events in our own form; Thrift if not set. */
    public Builder format(EventFormat format) {
      return input(InputText.of(format));
    }

    /** How the events are sent; Thrift if not set. A map sees no Kafka key, header or topic. */
    public Builder input(InputText input) {
      this.input = input;
      return this;
    }

    /** The largest events and records; {@link ExportLimits#DEFAULT} if not set. */
    public Builder limits(ExportLimits limits) {
      this.limits = limits;
      return this;
    }

    /** At most one per model; replaces those set before. */
    public Builder keyConfigs(List<KeyConfig> keyConfigs) {
      this.keyConfigs = List.copyOf(keyConfigs);
      return this;
    }

    /**
     * The source of key configs that change while the job runs. A config that cannot be put in
     * force is counted and logged, and the current one stays.
     *
     * @param waitTimeout longest an event waits for the key-config version it names; 0: no wait
     */
    public Builder following(KeyConfigSource source, Duration waitTimeout) {
      this.source = source;
      this.waitTimeout = waitTimeout;
      return this;
    }

    /**
     * A function with these settings.
     *
     * @throws IllegalArgumentException if two key configs are for the same model, or the wait
     *     timeout is negative
     */
    public DataRecordMapFunction build() {
      ExportSpec spec = new ExportSpec(List.of(input), limits, keyConfigs);
      return new DataRecordMapFunction(source == null ? spec : spec.following(source, waitTimeout));
    }
  }
}
