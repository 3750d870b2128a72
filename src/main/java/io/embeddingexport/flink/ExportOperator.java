package io.embeddingexport.flink;

import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs an {@link ExportFunction}, and has it put key configs in force before each checkpoint, even
 * where no event comes: what was refused leaves in that checkpoint's transaction, and what is in
 * force is in its state. A function alone cannot, since it may emit only when it is given an event.
 *
 * <pre>{@code
 * inputs.transform("export", DecisionTypeInfo.INSTANCE, new ExportOperator(function)).uid("export")
 * }</pre>
 */
public final class ExportOperator extends AbstractUdfStreamOperator<Decision, ExportFunction>
    implements OneInputStreamOperator<Envelope, Decision>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  private transient TimestampedCollector<Decision> collector;
  private transient boolean ended;

  public ExportOperator(ExportFunction function) {
    super(function);
  }

  @Override
  public void open() throws Exception {
    super.open();
    collector = new TimestampedCollector<>(output);
  }

  @Override
  public void processElement(StreamRecord<Envelope> element) throws Exception {
    emitRefused();
    // The input's own record is young. To put a decision into one that is kept, as the collector's
    // is, costs a memory barrier each time under G1.
    output.collect(element.replace(userFunction.decide(element.getValue())));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    if (!ended) {
      emitRefused();
    }
  }

  /** Emits for the last time: after its input's end a sink fails on whatever it is given. */
  @Override
  public void endInput() throws Exception {
    emitRefused();
    ended = true;
  }

  private void emitRefused() throws Exception {
    collector.eraseTimestamp();
    userFunction.emitRefused(collector);
  }
}
