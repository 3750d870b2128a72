package io.embeddingexport.flink.types;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A partition's position, in the serializers of inputs and of outputs.
 *
 * <pre>
 * start    = 01 topic:text partition:i32 next:i64 topic-id:text marker:text
 * progress = 02 topic:text partition:i32 next:i64
 * </pre>
 */
final class PositionSerializer {
  private static final byte START = 1;
  private static final byte PROGRESS = 2;

  /** Writes a {@link PartitionStart} or a {@link PartitionProgress}. */
  static void write(Object element, DataOutputView out) throws IOException {
    if (element instanceof PartitionStart start) {
      write(START, start.topic(), start.partition(), start.next(), out);
      BoundedBytes.writeText(start.topicId(), out);
      BoundedBytes.writeText(start.marker(), out);
    } else {
      PartitionProgress progress = (PartitionProgress) element;
      write(PROGRESS, progress.topic(), progress.partition(), progress.next(), out);
    }
  }

  private static void write(byte kind, String topic, int partition, long next, DataOutputView out)
      throws IOException {
    out.writeByte(kind);
    BoundedBytes.writeText(topic, out);
    out.writeInt(partition);
    out.writeLong(next);
  }

  static @Nullable PartitionStart readStart(byte kind, DataInputView in) throws IOException {
    if (kind != START) {
      return null;
    }
    String topic = BoundedBytes.readText(in);
    int partition = in.readInt();
    long next = in.readLong();
    String topicId = BoundedBytes.readText(in);
    return new PartitionStart(topic, partition, topicId, next, BoundedBytes.readText(in));
  }

  static PartitionProgress readProgress(byte kind, DataInputView in) throws IOException {
    if (kind != PROGRESS) {
      throw new IOException("no element has number " + kind + "; the data are corrupt");
    }
    return new PartitionProgress(BoundedBytes.readText(in), in.readInt(), in.readLong());
  }

  private PositionSerializer() {}
}
