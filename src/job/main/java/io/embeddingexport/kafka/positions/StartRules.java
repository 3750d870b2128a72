package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.PartitionOffsets;
import io.embeddingexport.kafka.TopicPartitions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Decides where partitions start, or why the job must not start. A partition continues at the
 * group's position. Without one it starts
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
  private final Map<TopicPartition, String> problems = new LinkedHashMap<>();

  /**
   * @param broker looks up the topics' offsets
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
   * The start of each of {@code partitions}.
   *
   * @param topics topics of the partitions
   * @throws StartRefusedException naming every problem
   */
  Map<TopicPartition, Start> decide(
      Collection<TopicPartition> partitions, Map<String, TopicState> topics) {
    Map<TopicPartition, Start> starts = judge(partitions, topics);
    if (!problems.isEmpty()) {
      throw new StartRefusedException(List.copyOf(problems.values()));
    }
    return starts;
  }

  /** Same as {@link #decide}, for partitions that may start; {@link #problems} has the others. */
  Map<TopicPartition, Start> judge(
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
        starts.put(partition, start(partition, topic, group.known(topic, partitions), offset));
      }
    }
    return starts;
  }

  private boolean isOfUnreadTopic(TopicPartition partition) {
    return group.offset(partition) == null
        && group.markers(partition.topic()).isEmpty()
        && !options.isKeyConfigTopic(partition.topic());
  }

  private Start start(TopicPartition partition, TopicState topic, int known, long offset) {
    PositionMarker found = group.marker(partition);
    return new Start(offset, PositionMarker.of(settings, topic, known, parallelism, found));
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

  /** Adds a partition's problem and its remedy. */
  @Nullable Long refuse(TopicPartition partition, String what, String remedy) {
    problems.put(
        partition,
        partition.topic() + " partition " + partition.partition() + ": " + what + "; " + remedy);
    return null;
  }

  /** Reason each refused partition must not start: place, finding and remedy. */
  Map<TopicPartition, String> problems() {
    return problems;
  }
}
