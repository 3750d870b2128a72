package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.PartitionOffsets;
import io.embeddingexport.kafka.ReadPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Decides where partitions start, or why the job must not start. A partition goes on at the group's
 * position. Without one it starts
 *
 * <ul>
 *   <li>where {@code input.from} says, if no partition of its topic has one;
 *   <li>at its first message, if it was added to the topic since.
 * </ul>
 *
 * Everything else is refused, all at once. For one start.
 */
final class StartRules {
  private final PositionSettings settings;
  private final StartOptions options;
  private final int parallelism;
  private final Group group;
  private final PartitionOffsets broker;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param broker asked for what is on the topics
   */
  StartRules(
      PositionSettings settings,
      StartOptions options,
      int parallelism,
      Group group,
      PartitionOffsets broker) {
    this.settings = settings;
    this.options = options;
    this.parallelism = parallelism;
    this.group = group;
    this.broker = broker;
  }

  /**
   * Where each of {@code partitions} starts.
   *
   * @param topics those of the partitions
   * @throws StartRefusedException naming every problem
   */
  Map<TopicPartition, Start> decide(
      Collection<TopicPartition> partitions, Map<String, TopicState> topics) {
    Map<TopicPartition, Long> begins = broker.begins(partitions);
    Map<TopicPartition, Long> ends = broker.ends(partitions);
    List<TopicPartition> unread =
        partitions.stream().filter(partition -> isOfUnreadTopic(partition)).toList();
    Map<TopicPartition, Long> from =
        unread.isEmpty() ? Map.of() : options.from().offsets(unread, broker);
    Map<TopicPartition, Start> starts = new TreeMap<>(TopicPartitions.ORDER);
    for (TopicPartition partition : partitions) {
      TopicState topic = topics.get(partition.topic());
      Long offset =
          new PartitionRules(this, topic, partition, begins.get(partition), ends.get(partition))
              .offset(from.get(partition));
      if (offset != null) {
        starts.put(partition, start(partition, topic, known(topic, partitions), offset));
      }
    }
    if (!problems.isEmpty()) {
      throw new StartRefusedException(problems);
    }
    return starts;
  }

  private boolean isOfUnreadTopic(TopicPartition partition) {
    return group.offset(partition) == null
        && group.markers(partition.topic()).isEmpty()
        && !options.isKeyConfigTopic(partition.topic());
  }

  /**
   * How many partitions of a topic have positions, or get them now. A partition beyond that was
   * added since; one before that has lost its position.
   */
  private int known(TopicState topic, Collection<TopicPartition> starting) {
    return Stream.concat(group.positions(topic.name()), starting.stream())
        .filter(partition -> partition.topic().equals(topic.name()))
        .mapToInt(partition -> partition.partition() + 1)
        .max()
        .orElse(0);
  }

  private Start start(TopicPartition partition, TopicState topic, int known, long offset) {
    PositionMarker found = group.marker(partition);
    PositionMarker marker =
        new PositionMarker(
            settings.run(),
            found == null ? List.of() : found.afterFor(settings.run()),
            parallelism,
            found == null || !settings.transactional() ? 0 : found.ids(),
            known,
            topic.id(),
            settings.transactionalIdPrefix());
    return new Start(offset, marker);
  }

  PositionSettings settings() {
    return settings;
  }

  StartOptions options() {
    return options;
  }

  Group group() {
    return group;
  }

  /** Adds what is wrong with a partition, and what to do. */
  @Nullable Long refuse(TopicPartition partition, String what, String remedy) {
    problems.add(
        partition.topic() + " partition " + partition.partition() + ": " + what + "; " + remedy);
    return null;
  }

  ReadPosition from() {
    return options.from();
  }
}
