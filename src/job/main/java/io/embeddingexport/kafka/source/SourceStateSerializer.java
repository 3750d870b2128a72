package io.embeddingexport.kafka.source;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.common.TopicPartition;

/**
 * {@link SourceState} in checkpoints.
 *
 * <pre>
 * state = group:UTF  count:i32 topic:UTF*  count:i32 (topic:UTF partition:i32 stop:i64)*
 * </pre>
 */
final class SourceStateSerializer implements SimpleVersionedSerializer<SourceState> {
  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(SourceState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
    out.writeUTF(state.groupId());
    out.writeInt(state.topics().size());
    for (String topic : state.topics()) {
      out.writeUTF(topic);
    }
    out.writeInt(state.stops().size());
    for (Map.Entry<TopicPartition, Long> stop : state.stops().entrySet()) {
      out.writeUTF(stop.getKey().topic());
      out.writeInt(stop.getKey().partition());
      out.writeLong(stop.getValue());
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public SourceState deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "the source's state in format version " + version + "; this release reads " + VERSION);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    String groupId = in.readUTF();
    Set<String> topics = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      topics.add(in.readUTF());
    }
    Map<TopicPartition, Long> stops = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      stops.put(new TopicPartition(in.readUTF(), in.readInt()), in.readLong());
    }
    return new SourceState(groupId, topics, stops);
  }
}
