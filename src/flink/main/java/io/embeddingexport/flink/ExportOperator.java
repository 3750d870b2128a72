package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.flink.RejectBrake.Excess;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Input;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.PartitionProgress;
import io.embeddingexport.flink.types.PartitionStart;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link ExportFunction} on inputs that carry partition positions, and passes these on to
 * the sink, in order. The function applies key configs before each checkpoint, even without events:
 * refused ones leave in that checkpoint's transaction, and those in force are in its state. A
 * function alone cannot do this, since it may emit only when it receives an event.
 *
 * <pre>{@code
 * inputs.transform("export", OutputTypeInfo.INSTANCE, new ExportOperator(function)).uid("export")
 * }</pre>
 */
public final class ExportOperator extends AbstractUdfStreamOperator<Output, ExportFunction>
    implements OneInputStreamOperator<Input, Output>, BoundedOneInput {
  private static final long serialVersionUID = 3;

  private final @Nullable RejectLimit limit;
  private transient Consumer<Output> others;
  private transient boolean ended;
  private transient @Nullable RejectBrake brake;
  private transient @Nullable TooManyRejectsException tooMany;
  private transient long failsFrom;

  public ExportOperator(ExportFunction function) {
    this(function, null);
  }

  /**
   * An operator that fails the job for good when more inputs are rejected than {@code limit}
   * allows. It looks at each checkpoint, and fails when that is complete: what came before is
   * committed, and the rest is read again by the next start.
   *
   * @param limit null: any number may be rejected
   */
  public ExportOperator(ExportFunction function, @Nullable RejectLimit limit) {
    super(function.toldPositions());
    this.limit = limit;
  }

  @Override
  public void open() throws Exception {
    super.open();
    brake = limit == null ? null : new RejectBrake(limit);
    others = element -> output.collect(new StreamRecord<>(element));
  }

  @Override
  public void processElement(StreamRecord<Input> element) throws Exception {
    Input input = element.getValue();
    if (input instanceof Envelope envelope) {
      userFunction.emitRefused(others);
      // The input's own record is young. Writing a decision into a reused one costs a memory
      // barrier each time under G1.
      Decision decision = userFunction.decide(envelope);
      if (brake != null) {
        brake.count(decision.outcome());
      }
      if (decision.outcome() instanceof Items items) {
        decision.ofItems(items).forEach(others);
      } else {
        output.collect(element.replace(decision));
      }
    } else if (input instanceof PartitionStart start) {
      // The topic was recreated: the dead letters of the old one are due first.
      userFunction.emitRefused(others);
      userFunction.start(start);
      output.collect(element.replace(start));
    } else {
      output.collect(element.replace((PartitionProgress) input));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    if (!ended) {
      userFunction.emitRefused(others);
    }
    if (brake != null && tooMany == null) {
      Excess excess = brake.endInterval(System.nanoTime() / 1_000_000);
      tooMany = excess == null ? null : new TooManyRejectsException(excess, limit);
      failsFrom = checkpointId;
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    // The sink is behind this operator in the chain, and so has been told before.
    if (tooMany != null && checkpointId >= failsFrom) {
      throw tooMany;
    }
  }

  /** Emits for the last time: a sink fails on anything sent after its input's end. */
  @Override
  public void endInput() throws Exception {
    userFunction.emitRefused(others);
    ended = true;
  }
}
