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
 * split = topic:UTF partition:i32 next:i64 stop:i64 marker:UTF flags:u8      big-endian
 * flags = 1 if it is read, + 2 if it is off the checkpoint
 * UTF   = length:u16 modified UTF-8
 * </pre>
 */
public final class PartitionSplitSerializer implements SimpleVersionedSerializer<PartitionSplit> {
  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 256;
  private static final int READ = 1;
  private static final int OFF_CHECKPOINT = 2;

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
    out.writeByte((split.isRead() ? READ : 0) | (split.isOffCheckpoint() ? OFF_CHECKPOINT : 0));
    return out.getCopyOfBuffer();
  }

  @Override
  public PartitionSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "a split in format version " + version + "; this release reads " + VERSION);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    TopicPartition partition = new TopicPartition(in.readUTF(), in.readInt());
    long next = in.readLong();
    long stop = in.readLong();
    String marker = in.readUTF();
    int flags = in.readUnsignedByte();
    return new PartitionSplit(
        partition, next, stop, marker, (flags & READ) != 0, (flags & OFF_CHECKPOINT) != 0);
  }
}
