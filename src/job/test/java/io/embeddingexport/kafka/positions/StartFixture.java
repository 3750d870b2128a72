package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.PartitionOffsets;
import io.embeddingexport.kafka.ReadPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A start of run {@code run-b}, of the job with the prefix {@code p.} and the group {@code g}, that
 * reads {@code events} and {@code more}, of two partitions each, and the key configs {@code keys},
 * of one. A partition begins at 10 and ends at 100, unless a test says otherwise.
 */
final class StartFixture implements PartitionOffsets {
  static final Instant SUBMITTED = Instant.parse("2026-01-31T12:00:00Z");
  static final String PREFIX = "p.";
  static final String KEYS = "keys";
  static final int PARALLELISM = 3;
  static final long BEGIN = 10;
  static final long END = 100;

  final Map<String, TopicState> topics = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private String from = "earliest";
  private boolean mustStartThere;
  private boolean transactional = true;

  StartFixture() {
    topic("events", 2);
    topic("more", 2);
    topic(KEYS, 1);
  }

  static RunIdentity run(String id) {
    return new RunIdentity(id, SUBMITTED);
  }

  /** Marker of a run of this job, for a topic of two partitions. */
  static PositionMarker marker(String run, int topicNumber) {
    return new PositionMarker(
        run(run), List.of(), PARALLELISM, 2, 2, new Uuid(0, topicNumber), PREFIX);
  }

  /** Marker of {@code run-a} for the topic as it is now. */
  PositionMarker marker(String topic) {
    return marker("run-a", topic);
  }

  PositionMarker marker(String run, String topic) {
    TopicState now = topics.get(topic);
    return new PositionMarker(
        run(run), List.of(), PARALLELISM, 2, now.partitions(), now.id(), PREFIX);
  }

  void topic(String name, int partitions) {
    topics.put(name, new TopicState(name, new Uuid(0, Math.abs(name.hashCode())), partitions));
  }

  void createAnew(String name) {
    TopicState before = topics.get(name);
    topics.put(name, new TopicState(name, new Uuid(1, 1), before.partitions()));
  }

  /** Commits with the metadata that {@code run-a} would. */
  void commit(String topic, int partition, long offset) {
    commit(topic, partition, offset, marker(topic).text());
  }

  void commit(String topic, int partition, long offset, String metadata) {
    committed.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset, metadata));
  }

  void begins(String topic, int partition, long offset) {
    begins.put(new TopicPartition(topic, partition), offset);
  }

  void ends(String topic, int partition, long offset) {
    ends.put(new TopicPartition(topic, partition), offset);
  }

  void from(String position) {
    from = position;
  }

  void mustStartThere(String position) {
    from = position;
    mustStartThere = true;
  }

  void atLeastOnce() {
    transactional = false;
  }

  /** Decides on all partitions of these topics; none: of all. */
  Map<TopicPartition, Start> decide(String... names) {
    List<TopicPartition> partitions = new ArrayList<>();
    Collection<String> asked = names.length == 0 ? topics.keySet() : Arrays.asList(names);
    asked.forEach(name -> partitions.addAll(topics.get(name).all()));
    return decide(partitions);
  }

  Map<TopicPartition, Start> decide(List<TopicPartition> partitions) {
    List<String> inputs = List.of("events", "more");
    StartOptions options =
        new StartOptions(inputs, KEYS, ReadPosition.from(from, inputs), mustStartThere);
    return new StartRules(settings(transactional), options, PARALLELISM, new Group(committed), this)
        .decide(partitions, topics);
  }

  static PositionSettings settings(boolean transactional) {
    return new PositionSettings(
        "127.0.0.1:1",
        "g",
        PREFIX,
        transactional,
        Duration.ofMinutes(5),
        run("run-b"),
        Map.of(),
        Map.of());
  }

  @Override
  public Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
    return answers(partitions, begins, BEGIN);
  }

  @Override
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return answers(partitions, ends, END);
  }

  @Override
  public Map<TopicPartition, Long> at(long timestampMillis, Collection<TopicPartition> partitions) {
    return answers(partitions, Map.of(), BEGIN + timestampMillis);
  }

  private static Map<TopicPartition, Long> answers(
      Collection<TopicPartition> partitions, Map<TopicPartition, Long> said, long otherwise) {
    Map<TopicPartition, Long> answers = new HashMap<>();
    partitions.forEach(
        partition -> answers.put(partition, said.getOrDefault(partition, otherwise)));
    return answers;
  }

  /** Null for a partition that has no start. */
  static @Nullable Long offset(Map<TopicPartition, Start> starts, String topic, int partition) {
    Start start = starts.get(new TopicPartition(topic, partition));
    return start == null ? null : start.offset();
  }
}
