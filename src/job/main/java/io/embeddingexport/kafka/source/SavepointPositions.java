package io.embeddingexport.kafka.source;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;
import org.apache.kafka.common.TopicPartition;

/**
 * The source's offsets in a savepoint or checkpoint, from this release or from those that used
 * Flink's {@code KafkaSource}. No start uses them; a person may set positions to them.
 *
 * <p>It omits partitions read to the end of a bounded run.
 *
 * @param offsets first unread offset by partition
 * @param unread partitions to read from their first message, none of which had been read
 */
public record SavepointPositions(Map<TopicPartition, Long> offsets, Set<TopicPartition> unread) {
  /** Name of the state of Flink's {@code SourceOperator}. */
  private static final ListStateDescriptor<byte[]> SPLITS =
      new ListStateDescriptor<>("SourceReaderState", BytePrimitiveArraySerializer.INSTANCE);

  public SavepointPositions {
    offsets = Map.copyOf(offsets);
    unread = Set.copyOf(unread);
  }

  /**
   * Reads a savepoint.
   *
   * @param path directory or {@code _metadata} file; a path without scheme is on this machine
   * @param uid of this release's source
   * @param earlierUid of the source in earlier releases
   * @throws IOException if it cannot be read, or has no state of either source
   */
  public static SavepointPositions read(String path, String uid, String earlierUid)
      throws IOException {
    CheckpointMetadata savepoint = load(path);
    Reading reading = new Reading();
    for (OperatorState operator : savepoint.getOperatorStates()) {
      if (operator.getOperatorID().equals(id(uid))) {
        for (byte[] split : splits(operator, path)) {
          reading.add(read(new PartitionSplitSerializer(), split));
        }
      } else if (operator.getOperatorID().equals(id(earlierUid))) {
        for (byte[] split : splits(operator, path)) {
          reading.add(read(new KafkaPartitionSplitSerializer(), split));
        }
      }
    }
    if (reading.offsets.isEmpty() && reading.unread.isEmpty()) {
      throw new IOException(
          path
              + ": has no partitions in the state of an operator with uid '"
              + uid
              + "' or '"
              + earlierUid
              + "'; it is from another job, or from a run that had read everything to its end");
    }
    return new SavepointPositions(reading.offsets, reading.unread);
  }

  private static CheckpointMetadata load(String path) throws IOException {
    CompletedCheckpointStorageLocation location =
        AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(path);
    try (DataInputStream in = new DataInputStream(location.getMetadataHandle().openInputStream())) {
      return Checkpoints.loadCheckpointMetadata(
          in, SavepointPositions.class.getClassLoader(), location.getExternalPointer());
    }
  }

  private static OperatorID id(String uid) {
    return new OperatorID(StreamGraphHasherV2.generateUserSpecifiedHash(uid));
  }

  private static List<byte[]> splits(OperatorState operator, String path) throws IOException {
    List<OperatorStateHandle> handles = new ArrayList<>();
    for (OperatorSubtaskState subtask : operator.getStates()) {
      handles.addAll(subtask.getManagedOperatorState());
    }
    try (CloseableRegistry streams = new CloseableRegistry();
        OperatorStateBackend state =
            new DefaultOperatorStateBackendBuilder(
                    SavepointPositions.class.getClassLoader(),
                    new ExecutionConfig(),
                    false,
                    handles,
                    streams)
                .build()) {
      List<byte[]> splits = new ArrayList<>();
      state.getListState(SPLITS).get().forEach(splits::add);
      return splits;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(path + ": the source's state cannot be read: " + e.getMessage(), e);
    }
  }

  private static <T> T read(SimpleVersionedSerializer<T> serializer, byte[] bytes)
      throws IOException {
    return SimpleVersionedSerialization.readVersionAndDeSerialize(serializer, bytes);
  }

  /** The offsets found so far. */
  private static final class Reading {
    private final Map<TopicPartition, Long> offsets = new HashMap<>();
    private final Set<TopicPartition> unread = new HashSet<>();

    /** Partitions of key configs are not read, and never moved. */
    void add(PartitionSplit split) {
      if (split.isRead()) {
        offsets.put(split.partition(), split.next());
      }
    }

    /** Until a partition's first message arrives, the offset is a special value. */
    void add(KafkaPartitionSplit split) {
      long offset = split.getStartingOffset();
      if (offset >= 0) {
        offsets.put(split.getTopicPartition(), offset);
      } else if (offset == KafkaPartitionSplit.EARLIEST_OFFSET) {
        unread.add(split.getTopicPartition());
      }
    }
  }
}
