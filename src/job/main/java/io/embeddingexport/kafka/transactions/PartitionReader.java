package io.embeddingexport.kafka.transactions;

import io.embeddingexport.kafka.admin.Answers;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the partition leaders where readers stop, and which producers have an open transaction
 * there. A partition without an answer states why; it fails nothing.
 */
final class PartitionReader {
  private final Admin admin;
  private final int timeoutMs;

  PartitionReader(Admin admin, int timeoutMs) {
    this.admin = admin;
    this.timeoutMs = timeoutMs;
  }

  Map<TopicPartition, PartitionState> read(Collection<TopicPartition> partitions)
      throws InterruptedException {
    Set<TopicPartition> asked = new HashSet<>(partitions);
    Map<TopicPartition, PartitionState> states = new HashMap<>();
    if (asked.isEmpty()) {
      return states;
    }
    // Sent together, so the answers are as close in time as possible.
    DescribeProducersResult producers =
        admin.describeProducers(asked, new DescribeProducersOptions().timeoutMs(timeoutMs));
    ListOffsetsResult stable = offsets(asked, IsolationLevel.READ_COMMITTED);
    ListOffsetsResult ends = offsets(asked, IsolationLevel.READ_UNCOMMITTED);
    for (TopicPartition partition : asked) {
      PartitionState state = new PartitionState();
      state.starts(answer(producers.partitionResult(partition), "READ", partition, state));
      var lastStableOffset =
          answer(stable.partitionResult(partition), "DESCRIBE", partition, state);
      var end = answer(ends.partitionResult(partition), "DESCRIBE", partition, state);
      state.offsets(
          lastStableOffset == null ? null : lastStableOffset.offset(),
          end == null ? null : end.offset());
      states.put(partition, state);
    }
    return states;
  }

  private ListOffsetsResult offsets(Set<TopicPartition> partitions, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    ListOffsetsOptions options = new ListOffsetsOptions(isolation);
    options.timeoutMs(timeoutMs);
    return admin.listOffsets(latest, options);
  }

  private static <T> @Nullable T answer(
      KafkaFuture<T> future, String operation, TopicPartition partition, PartitionState state)
      throws InterruptedException {
    try {
      return Answers.await(future);
    } catch (KafkaException e) {
      String topic = "topic '" + partition.topic() + "'";
      state.unknown(
          e instanceof AuthorizationException
              ? "not permitted; it needs " + operation + " on " + topic
              : "partition "
                  + partition
                  + " did not answer: "
                  + e.getClass().getSimpleName()
                  + "; check that its leader runs");
      return null;
    }
  }

  /** A partition's state, as its leader describes it. Not thread-safe. */
  static final class PartitionState {
    private final Map<Long, Long> startOfProducer = new HashMap<>();
    private @Nullable Long lastStableOffset;
    private @Nullable Long end;
    private @Nullable String unknown;

    private void starts(DescribeProducersResult.@Nullable PartitionProducerState producers) {
      List<ProducerState> active = producers == null ? List.of() : producers.activeProducers();
      for (ProducerState producer : active) {
        producer
            .currentTransactionStartOffset()
            .ifPresent(start -> startOfProducer.put(producer.producerId(), start));
      }
    }

    private void offsets(@Nullable Long lastStableOffset, @Nullable Long end) {
      this.lastStableOffset = lastStableOffset;
      this.end = end;
    }

    /** Keeps the first reason. */
    private void unknown(String reason) {
      unknown = unknown == null ? reason : unknown;
    }

    @Nullable Long start(long producerId) {
      return startOfProducer.get(producerId);
    }

    @Nullable Long lastStableOffset() {
      return lastStableOffset;
    }

    @Nullable Long end() {
      return end;
    }

    @Nullable String unknown() {
      return unknown;
    }

    /** The producer whose transaction began at the last stable offset; null: none. */
    @Nullable Long holder() {
      return startOfProducer.entrySet().stream()
          .filter(producer -> producer.getValue().equals(lastStableOffset))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(null);
    }
  }
}
