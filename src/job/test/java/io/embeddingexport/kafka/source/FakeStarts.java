package io.embeddingexport.kafka.source;

import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.RunIdentity;
import io.embeddingexport.kafka.positions.Start;
import io.embeddingexport.kafka.positions.StartLookup;
import io.embeddingexport.kafka.positions.TopicState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Topics and a group's positions in memory. Keeps what it was asked. */
final class FakeStarts implements StartLookup {
  static final PositionMarker MARKER =
      new PositionMarker(
          new RunIdentity("0123456789ab", Instant.EPOCH), List.of(), 1, 0, 1, new Uuid(1, 2), "p");

  final List<String> asked = new ArrayList<>();
  final Map<String, TopicState> topics = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /** The next answer is this failure; null: it is none. */
  @Nullable RuntimeException failure;

  /** What happens while the brokers are asked. */
  Runnable meanwhile = () -> {};

  void topic(String name, int id, int partitions) {
    topics.put(name, new TopicState(name, new Uuid(0, id), partitions));
  }

  /** 0 for a partition without one. */
  void commit(String topic, int partition, long offset) {
    positions.put(new TopicPartition(topic, partition), offset);
  }

  @Override
  public Starts all(int parallelism, Set<String> known) {
    answer("all of " + parallelism + (known.isEmpty() ? "" : ", had positions of " + known));
    List<TopicPartition> all = new ArrayList<>();
    topics.values().forEach(topic -> all.addAll(topic.all()));
    return new Starts(Map.copyOf(topics), starts(all));
  }

  @Override
  public Map<TopicPartition, Start> ofSlot(
      int subtask, Collection<TopicPartition> partitions, int parallelism) {
    answer("slot " + subtask + " of " + parallelism + ": " + sorted(partitions));
    return starts(partitions);
  }

  @Override
  public Map<TopicPartition, Start> added(Collection<TopicPartition> partitions, int parallelism) {
    answer("added: " + sorted(partitions));
    return starts(partitions);
  }

  @Override
  public Map<String, TopicState> topics() {
    answer("topics");
    return Map.copyOf(topics);
  }

  private void answer(String question) {
    asked.add(question);
    meanwhile.run();
    RuntimeException thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
  }

  private Map<TopicPartition, Start> starts(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Start> starts = new HashMap<>();
    partitions.forEach(
        partition ->
            starts.put(
                partition,
                new Start(
                    positions.getOrDefault(partition, 0L),
                    MARKER.withTopicId(topics.get(partition.topic()).id()))));
    return starts;
  }

  private static List<String> sorted(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::toString).sorted().toList();
  }
}
