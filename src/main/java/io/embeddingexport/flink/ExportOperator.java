package io.embeddingexport.flink;

import java.util.function.Consumer;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs an {@link ExportFunction} on inputs that say where their partitions stand, and passes that
 * on to the sink, in order. Has the function put key configs in force before each checkpoint, even
 * where no event comes: what was refused leaves in that checkpoint's transaction, and what is in
 * force is in its state. A function alone cannot, since it may emit only when it is given an event.
 *
 * <pre>{@code
 * inputs.transform("export", OutputTypeInfo.INSTANCE, new ExportOperator(function)).uid("export")
 * }</pre>
 */
public final class ExportOperator extends AbstractUdfStreamOperator<Output, ExportFunction>
    implements OneInputStreamOperator<Input, Output>, BoundedOneInput {
  private static final long serialVersionUID = 2;

  private transient Consumer<Output> letters;
  private transient boolean ended;

  public ExportOperator(ExportFunction function) {
    super(function.toldPositions());
  }

  @Override
  public void open() throws Exception {
    super.open();
    letters = letter -> output.collect(new StreamRecord<>(letter));
  }

  @Override
  public void processElement(StreamRecord<Input> element) throws Exception {
    Input input = element.getValue();
    if (input instanceof Envelope envelope) {
      userFunction.emitRefused(letters);
      // The input's own record is young. To put a decision into one that is kept costs a memory
      // barrier each time under G1.
      output.collect(element.replace(userFunction.decide(envelope)));
    } else if (input instanceof PartitionStart start) {
      // Of a topic that was created anew: what came of the one before is due first.
      userFunction.emitRefused(letters);
      userFunction.start(start);
      output.collect(element.replace(start));
    } else {
      output.collect(element.replace((PartitionProgress) input));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    if (!ended) {
      userFunction.emitRefused(letters);
    }
  }

  /** Emits for the last time: after its input's end a sink fails on whatever it is given. */
  @Override
  public void endInput() throws Exception {
    userFunction.emitRefused(letters);
    ended = true;
  }
}
