package io.embeddingexport.flink;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The export for jobs with a separate stream of key configs: the message key is the model, the
 * value is the key config, and a null value retires the model.
 *
 * <pre>{@code
 * DataStream<Decision> decisions =
 *     events
 *         .connect(keyConfigs.broadcast(KeyConfigBroadcastFunction.KEY_CONFIGS))
 *         .process(new KeyConfigBroadcastFunction(EventFormat.THRIFT, ExportLimits.DEFAULT))
 *         .returns(DecisionTypeInfo.INSTANCE)
 *         .uid("export");
 * }</pre>
 *
 * <p>It keeps key configs by the rules of {@link ExportFunction}: a model's version only grows,
 * even across restarts, and a refused key config becomes a dead letter each time it arrives. All
 * messages of one model must arrive in order. Under the same uid, each of the two functions resumes
 * from the other's savepoint.
 *
 * <p>Prefer {@link ExportFunction#following}. The costs of this function:
 *
 * <ul>
 *   <li>A function of two inputs cannot be chained to its source, so every event crosses a network
 *       channel. In four interleaved pairs (records of 600 bytes, exactly-once, parallelism 2) the
 *       rate was × 0.82 (0.77 to 0.97) and the CPU time per record × 1.23 (1.05 to 1.29).
 *   <li>A key config may arrive after the events that need it, and those are rejected at once as
 *       {@code no-key-config} or {@code key-config-version-unknown}. A task that waited would not
 *       read the key configs either.
 *   <li>Checkpoints must be aligned ({@code execution.checkpointing.unaligned.enabled: false},
 *       Flink's default): Flink does not support unaligned checkpoints with broadcast state, since
 *       instances could restore different key configs.
 * </ul>
 */
@PublicEvolving
public final class KeyConfigBroadcastFunction
    extends BroadcastProcessFunction<Envelope, Envelope, Decision> implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  /** Descriptor of the broadcast state. The function keeps the key configs there, by model. */
  public static final MapStateDescriptor<String, ?> KEY_CONFIGS = CheckpointedKeyConfigs.STATE;

  private final ExportSpec spec;
  private transient ExportRuntime export;
  private transient RefusedKeyConfigs refused;

  /** Starts with no key configs; all come from the stream. */
  public KeyConfigBroadcastFunction(EventFormat format, ExportLimits limits) {
    this(format, limits, List.of());
  }

  /**
   * @param staticConfigs in force from the start; at most one per model
   * @throws IllegalArgumentException if two are for the same model
   */
  public KeyConfigBroadcastFunction(
      EventFormat format, ExportLimits limits, List<KeyConfig> staticConfigs) {
    this.spec =
        new ExportSpec(List.of(InputText.of(format)), limits, staticConfigs)
            .following(subtask -> new NothingOfItsOwn(), Duration.ZERO);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    OperatorStateStore state = context.getOperatorStateStore();
    refused =
        RefusedKeyConfigs.asTheyCome(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    export = spec.start(state, getRuntimeContext(), refused);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    export.open();
  }

  @Override
  public void processElement(Envelope input, ReadOnlyContext context, Collector<Decision> out) {
    ExportFunction.emit(export.decide(input), out);
  }

  @Override
  public void processBroadcastElement(Envelope message, Context context, Collector<Decision> out)
      throws Exception {
    export.receive(ReceivedKeyConfig.of(message, ""));
    refused.emit(letter -> out.collect((Decision) letter));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // Key configs are put in the state as they arrive.
  }

  /** An empty feed: key configs arrive by the second input. */
  private static final class NothingOfItsOwn implements KeyConfigFeed {
    @Override
    public @Nullable ReceivedKeyConfig poll() {
      return null;
    }

    @Override
    public @Nullable ReceivedKeyConfig poll(Duration timeout) {
      return null;
    }

    @Override
    public void close() {
      // Follows nothing.
    }
  }
}
