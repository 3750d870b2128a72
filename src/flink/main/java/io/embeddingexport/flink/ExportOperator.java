package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Items;
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
  private static final long serialVersionUID = 2;

  private transient Consumer<Output> others;
  private transient boolean ended;

  public ExportOperator(ExportFunction function) {
    super(function.toldPositions());
  }

  @Override
  public void open() throws Exception {
    super.open();
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
  }

  /** Emits for the last time: a sink fails on anything sent after its input's end. */
  @Override
  public void endInput() throws Exception {
    userFunction.emitRefused(others);
    ended = true;
  }
}
