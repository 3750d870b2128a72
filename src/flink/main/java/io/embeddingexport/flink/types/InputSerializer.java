package io.embeddingexport.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Inputs between operators that are not chained.
 *
 * <pre>
 * input = 00 envelope | start | progress
 * </pre>
 *
 * @see EnvelopeSerializer
 * @see PositionSerializer
 */
final class InputSerializer extends ValueSerializer<Input> {
  private static final long serialVersionUID = 1;

  static final InputSerializer INSTANCE = new InputSerializer();

  private static final int FORMAT = 1;

  private static final byte ENVELOPE = 0;

  private InputSerializer() {}

  @Override
  public Input createInstance() {
    return EnvelopeSerializer.INSTANCE.createInstance();
  }

  @Override
  public void serialize(Input element, DataOutputView out) throws IOException {
    if (element instanceof Envelope envelope) {
      out.writeByte(ENVELOPE);
      EnvelopeSerializer.INSTANCE.serialize(envelope, out);
    } else {
      PositionSerializer.write(element, out);
    }
  }

  @Override
  public Input deserialize(DataInputView in) throws IOException {
    byte kind = in.readByte();
    if (kind == ENVELOPE) {
      return EnvelopeSerializer.INSTANCE.deserialize(in);
    }
    PartitionStart start = PositionSerializer.readStart(kind, in);
    return start != null ? start : PositionSerializer.readProgress(kind, in);
  }

  private Object readResolve() {
    return INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<Input> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public because Flink creates it by name. */
  public static final class Snapshot extends VersionedSnapshot<Input> {
    public Snapshot() {
      super(FORMAT, INSTANCE);
    }
  }
}
