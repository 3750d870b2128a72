package io.embeddingexport.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Outputs between operators that are not chained.
 *
 * <pre>
 * output = 00 decision | start | progress
 * </pre>
 *
 * @see DecisionSerializer
 * @see PositionSerializer
 */
final class OutputSerializer extends ValueSerializer<Output> {
  private static final long serialVersionUID = 1;

  static final OutputSerializer INSTANCE = new OutputSerializer();

  private static final int FORMAT = 1;

  private static final byte DECISION = 0;

  private OutputSerializer() {}

  @Override
  public Output createInstance() {
    return DecisionSerializer.INSTANCE.createInstance();
  }

  @Override
  public void serialize(Output element, DataOutputView out) throws IOException {
    if (element instanceof Decision decision) {
      out.writeByte(DECISION);
      DecisionSerializer.INSTANCE.serialize(decision, out);
    } else {
      PositionSerializer.write(element, out);
    }
  }

  @Override
  public Output deserialize(DataInputView in) throws IOException {
    byte kind = in.readByte();
    if (kind == DECISION) {
      return DecisionSerializer.INSTANCE.deserialize(in);
    }
    PartitionStart start = PositionSerializer.readStart(kind, in);
    return start != null ? start : PositionSerializer.readProgress(kind, in);
  }

  private Object readResolve() {
    return INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<Output> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public because Flink creates it by name. */
  public static final class Snapshot extends VersionedSnapshot<Output> {
    public Snapshot() {
      super(FORMAT, INSTANCE);
    }
  }
}
