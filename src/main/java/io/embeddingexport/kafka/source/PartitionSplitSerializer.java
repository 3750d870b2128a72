package io.embeddingexport.kafka.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.common.TopicPartition;

/**
 * Splits in checkpoints, and on their way to readers.
 *
 * <pre>
 * split = topic:UTF partition:i32 next:i64 stop:i64 marker:UTF read:bool      big-endian
 * UTF   = length:u16 modified UTF-8
 * </pre>
 */
public final class PartitionSplitSerializer implements SimpleVersionedSerializer<PartitionSplit> {
  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(PartitionSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
    out.writeUTF(split.partition().topic());
    out.writeInt(split.partition().partition());
    out.writeLong(split.next());
    out.writeLong(split.stop());
    out.writeUTF(split.marker());
    out.writeBoolean(split.isRead());
    return out.getCopyOfBuffer();
  }

  @Override
  public PartitionSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "a split in format version " + version + "; this release reads " + VERSION);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    return new PartitionSplit(
        new TopicPartition(in.readUTF(), in.readInt()),
        in.readLong(),
        in.readLong(),
        in.readUTF(),
        in.readBoolean());
  }
}
