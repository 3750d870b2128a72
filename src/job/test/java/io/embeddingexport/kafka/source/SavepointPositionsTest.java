package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints as a task's own state backend and Flink's own coordinator write them. */
class SavepointPositionsTest {
  private static final TopicPartition IN_0 = new TopicPartition("in", 0);
  private static final TopicPartition IN_1 = new TopicPartition("in", 1);
  private static final TopicPartition IN_2 = new TopicPartition("in", 2);

  @TempDir Path directory;

  /** Keeps each inner list as the state of one slot. */
  private <T> String save(String uid, SimpleVersionedSerializer<T> serializer, List<List<T>> slots)
      throws Exception {
    OperatorID id = new OperatorID(StreamGraphHasherV2.generateUserSpecifiedHash(uid));
    OperatorState operator = new OperatorState(uid, uid, id, slots.size(), 128);
    for (int slot = 0; slot < slots.size(); slot++) {
      operator.putState(
          slot,
          OperatorSubtaskState.builder()
              .setManagedOperatorState(state(serializer, slots.get(slot)))
              .build());
    }
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(directory.resolve("_metadata")))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(7, List.of(operator), List.of()), out);
    }
    return directory.toString();
  }

  private static <T> OperatorStateHandle state(
      SimpleVersionedSerializer<T> serializer, List<T> splits) throws Exception {
    try (OperatorStateBackend backend =
        new DefaultOperatorStateBackendBuilder(
                SavepointPositionsTest.class.getClassLoader(),
                new ExecutionConfig(),
                false,
                List.of(),
                new CloseableRegistry())
            .build()) {
      ListState<byte[]> state =
          backend.getListState(
              new ListStateDescriptor<>(
                  "SourceReaderState", BytePrimitiveArraySerializer.INSTANCE));
      for (T split : splits) {
        state.add(SimpleVersionedSerialization.writeVersionAndSerialize(serializer, split));
      }
      var snapshot =
          backend.snapshot(
              7,
              7,
              new MemCheckpointStreamFactory(1 << 20),
              CheckpointOptions.forCheckpointWithDefaultLocation());
      snapshot.run();
      return snapshot.get().getJobManagerOwnedSnapshot();
    }
  }

  private static PartitionSplit split(TopicPartition partition, long next, boolean isRead) {
    return new PartitionSplit(partition, next, PartitionSplit.NEVER, "marker", isRead, false);
  }

  private static SavepointPositions read(String path) throws IOException {
    return SavepointPositions.read(path, "inputs", "source");
  }

  @Test
  void whereEachPartitionStoodIsRead() throws Exception {
    TopicPartition keys = new TopicPartition("keys", 0);
    String path =
        save(
            "inputs",
            new PartitionSplitSerializer(),
            List.of(
                List.of(split(IN_0, 120, true), split(keys, 3, false)),
                List.of(),
                List.of(split(IN_1, 0, true))));

    for (String place : List.of(path, path + "/_metadata", "file://" + path)) {
      assertThat(read(place).offsets()).isEqualTo(Map.of(IN_0, 120L, IN_1, 0L));
      assertThat(read(place).unread()).isEmpty();
    }
  }

  @Test
  void ofAnEarlierReleaseAWordStandsForAnOffset() throws Exception {
    String path =
        save(
            "source",
            new KafkaPartitionSplitSerializer(),
            List.of(
                List.of(new KafkaPartitionSplit(IN_0, 120)),
                List.of(
                    new KafkaPartitionSplit(IN_1, KafkaPartitionSplit.EARLIEST_OFFSET),
                    new KafkaPartitionSplit(IN_2, KafkaPartitionSplit.COMMITTED_OFFSET))));

    assertThat(read(path)).isEqualTo(new SavepointPositions(Map.of(IN_0, 120L), Set.of(IN_1)));
  }

  @Test
  void aSavepointOfAnotherJobIsRefused() throws Exception {
    String path =
        save("something", new PartitionSplitSerializer(), List.of(List.of(split(IN_0, 120, true))));

    assertThatThrownBy(() -> read(path))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            path + ": has no partitions in the state of an operator with uid 'inputs' or 'source'");
  }

  @Test
  void whatIsNotThereOrNoSavepointIsRefused() throws Exception {
    assertThatThrownBy(() -> read(directory.resolve("none").toString()))
        .isInstanceOf(FileNotFoundException.class);
    Files.writeString(directory.resolve("_metadata"), "no savepoint");
    assertThatThrownBy(() -> read(directory.toString())).isInstanceOf(IOException.class);
  }
}
