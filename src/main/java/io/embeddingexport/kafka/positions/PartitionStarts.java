package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out where partitions start, and makes the brokers keep to it.
 *
 * <ol>
 *   <li>End what earlier attempts left open. It cannot be committed any more.
 *   <li>Read the group's positions. What is being committed just then is waited for.
 *   <li>Claim them: commit them anew with this run's marker. Then begin again, until they stand as
 *       claimed. So an attempt that was not fenced, since it began late, finds the claim before it
 *       writes anything; and what it committed before the claim is seen.
 * </ol>
 *
 * Where the run has claimed them before, the third step falls away. Thread-safe, since every call
 * has clients of its own; blocks for as long as the brokers take.
 */
public final class PartitionStarts implements StartLookup {
  private static final int MOST_ROUNDS = 10;

  private final PositionSettings settings;
  private final StartOptions options;
  private final GroupRules rules;

  public PartitionStarts(PositionSettings settings, StartOptions options) {
    this.settings = settings;
    this.options = options;
    this.rules = new GroupRules(settings, options);
  }

  @Override
  public Starts all(int parallelism, boolean hadPositions) throws InterruptedException {
    try (PositionClient client = new PositionClient(settings, "start")) {
      rules.requireNoMembers(client.members());
      Group group = client.visible();
      rules.requirePositions(group, hadPositions, client);
      int slots =
          group.markers().stream()
              .mapToInt(PositionMarker::parallelism)
              .reduce(parallelism, Math::max);
      return claim(client, List.of(), IntStream.range(0, slots).boxed().toList(), parallelism);
    }
  }

  @Override
  public Map<TopicPartition, Start> ofSlot(
      int subtask, Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    try (PositionClient client = new PositionClient(settings, "start")) {
      return claim(client, partitions, List.of(subtask), parallelism).starts();
    }
  }

  @Override
  public Map<TopicPartition, Start> added(Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    try (PositionClient client = new PositionClient(settings, "start")) {
      return claim(client, partitions, List.of(), parallelism).starts();
    }
  }

  @Override
  public Map<String, TopicState> topics() throws InterruptedException {
    try (PositionClient client = new PositionClient(settings, "discovery")) {
      return client.topics(options.topics());
    }
  }

  /**
   * @param asked none: all partitions of all topics
   */
  private Starts claim(
      PositionClient client,
      Collection<TopicPartition> asked,
      List<Integer> subtasks,
      int parallelism)
      throws InterruptedException {
    Map<String, TopicState> topics = client.topics(options.topics());
    List<TopicPartition> partitions =
        asked.isEmpty()
            ? topics.values().stream().flatMap(topic -> topic.all().stream()).toList()
            : List.copyOf(asked);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Group visible = client.visible();
      rules.requireNewest(visible);
      client.fence(visible.markers(), subtasks);
      Group group = visible.with(partitions, client.committed(partitions));
      rules.requireNewest(group);
      Map<TopicPartition, Start> starts =
          new StartRules(settings, options, parallelism, group, client).decide(partitions, topics);
      Map<TopicPartition, OffsetAndMetadata> claims = new HashMap<>();
      starts.forEach(
          (partition, start) -> {
            if (!start.isClaimed()) {
              claims.put(partition, start.claim());
            }
          });
      if (claims.isEmpty()) {
        return new Starts(topics, starts);
      }
      client.commit(claims);
    }
    throw new IllegalStateException(
        "the positions of group "
            + settings.groupId()
            + " change faster than they can be claimed: does another job run with this group? The"
            + " job tries again");
  }
}
