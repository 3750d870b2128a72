package io.embeddingexport.it;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A consumer group's committed offsets, as Kafka's own tools see and set them. */
record GroupOffsets(Kafka kafka, String group) {

  /** All that is committed, with its metadata. */
  Map<TopicPartition, OffsetAndMetadata> committed() {
    try (Admin admin = admin()) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("cannot read the offsets of " + group, e);
    }
  }

  /** Committed offsets of a topic, by partition. */
  Map<Integer, Long> of(String topic) {
    Map<Integer, Long> offsets = new TreeMap<>();
    committed()
        .forEach(
            (partition, offset) -> {
              if (partition.topic().equals(topic)) {
                offsets.put(partition.partition(), offset.offset());
              }
            });
    return offsets;
  }

  /** Commits offsets of a topic without metadata, as {@code --reset-offsets} does. */
  void commit(String topic, Map<Integer, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            commits.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
    try (Admin admin = admin()) {
      admin.alterConsumerGroupOffsets(group, commits).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("cannot commit offsets of " + group, e);
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
