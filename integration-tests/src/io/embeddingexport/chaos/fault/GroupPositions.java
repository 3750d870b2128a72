package io.embeddingexport.chaos.fault;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The positions of the job's group, as anybody's Admin client reads and writes them. */
final class GroupPositions implements AutoCloseable {
  private static final long ANSWER_SECONDS = 20;

  private final Admin admin;
  private final String group;

  GroupPositions(Map<String, Object> clientProperties, String group) {
    this.admin = Admin.create(clientProperties);
    this.group = group;
  }

  /** Those that are committed, with their metadata. */
  Map<TopicPartition, OffsetAndMetadata> read() throws InterruptedException {
    return read(false);
  }

  private Map<TopicPartition, OffsetAndMetadata> read(boolean stable) throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> all =
        new HashMap<>(
            get(
                admin
                    .listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec()),
                        new ListConsumerGroupOffsetsOptions().requireStable(stable))
                    .partitionsToOffsetAndMetadata(group)));
    all.values().removeIf(Objects::isNull);
    return all;
  }

  /**
   * Partitions with a position in a transaction that is prepared and has not ended. The brokers
   * leave them out where only what is stable is asked for.
   */
  Set<TopicPartition> prepared() throws InterruptedException {
    Set<TopicPartition> all = new HashSet<>(read(false).keySet());
    all.removeAll(read(true).keySet());
    return all;
  }

  /** Commits offsets, as {@code kafka-consumer-groups.sh --reset-offsets} does. */
  void write(Map<TopicPartition, OffsetAndMetadata> offsets) throws InterruptedException {
    get(admin.alterConsumerGroupOffsets(group, offsets).all());
  }

  /** The offsets of the first messages, or after the last ones. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, OffsetSpec which)
      throws InterruptedException {
    return get(
            admin
                .listOffsets(
                    partitions.stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  private <T> T get(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new FaultException("positions of group " + group + ": " + e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
