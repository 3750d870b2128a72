package io.embeddingexport.flink.types;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Outputs between operators that are not chained.
 *
 * <pre>
 * output = 00 decision | start | progress | 03 count:i32 decision* progress
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
  private static final byte REPLAYED = 3;

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
    } else if (element instanceof Replayed replayed) {
      out.writeByte(REPLAYED);
      out.writeInt(replayed.decisions().size());
      for (Decision decision : replayed.decisions()) {
        DecisionSerializer.INSTANCE.serialize(decision, out);
      }
      PositionSerializer.write(replayed.read(), out);
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
    if (kind == REPLAYED) {
      return readReplayed(in);
    }
    PartitionStart start = PositionSerializer.readStart(kind, in);
    return start != null ? start : PositionSerializer.readProgress(kind, in);
  }

  private static Replayed readReplayed(DataInputView in) throws IOException {
    int count = BoundedBytes.readCount(in);
    // Grows as decisions are read: the count is not trusted.
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      decisions.add(DecisionSerializer.INSTANCE.deserialize(in));
    }
    return new Replayed(decisions, PositionSerializer.readProgress(in.readByte(), in));
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
