package io.embeddingexport.kafka.positions;

import java.util.ArrayList;
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
 *   <li>Claim them: commit them anew with this run's marker.
 * </ol>
 *
 * An older run that still runs starts its fenced slots anew, and may commit more between the second
 * step and the third, which would take that back. So the claim is made pending first: no slot of
 * the older run begins from then on, since it reads its positions before it writes, and waits for
 * the claim. Then the first two steps are done again, for slots that had begun; what is visible then
 * is final, and is what is claimed. At least once there is nothing to wait for: the steps are
 * repeated until the positions stand as claimed.
 *
 * <p>Where the run has claimed them before, the third step falls away. Thread-safe, since every call
 * has clients of its own; blocks for as long as the brokers take.
 */
public final class PartitionStarts {
  private static final int MOST_ROUNDS = 10;

  /**
   * @param topics as they were when the starts were found
   */
  public record Starts(Map<String, TopicState> topics, Map<TopicPartition, Start> starts) {}

  private final PositionSettings settings;
  private final StartOptions options;

  public PartitionStarts(PositionSettings settings, StartOptions options) {
    this.settings = settings;
    this.options = options;
  }

  /**
   * Where every partition starts, at the start of all slots.
   *
   * @param hadPositions whether the group is known to have had positions before
   * @throws StartRefusedException if the job must not start
   */
  public Starts all(int parallelism, boolean hadPositions)
      throws InterruptedException {
    try (PositionClient client = new PositionClient(settings, "start")) {
      requireNoMembers(client);
      Group group = client.visible();
      if (group.markers().isEmpty()
          && (hadPositions || (settings.transactional() && client.knowsTransactionalIds()))) {
        throw noPositions(hadPositions);
      }
      client.endClaim();
      int slots =
          group.markers().stream()
              .mapToInt(PositionMarker::parallelism)
              .reduce(parallelism, Math::max);
      return claim(client, List.of(), IntStream.range(0, slots).boxed().toList(), parallelism);
    }
  }

  /** Where some partitions go on, at the restart of the slot that reads them. */
  public Map<TopicPartition, Start> ofSlot(
      int subtask, Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    try (PositionClient client = new PositionClient(settings, "start")) {
      return claim(client, partitions, List.of(subtask), parallelism).starts();
    }
  }

  /** Where partitions start that were found while the job runs. */
  public Map<TopicPartition, Start> added(Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    try (PositionClient client = new PositionClient(settings, "start")) {
      return claim(client, partitions, List.of(), parallelism).starts();
    }
  }

  /** The topics as they are. */
  public Map<String, TopicState> topics() throws InterruptedException {
    try (PositionClient client = new PositionClient(settings, "discovery")) {
      return client.topics(topicNames());
    }
  }

  private List<String> topicNames() {
    List<String> names = new ArrayList<>(options.inputTopics());
    if (options.keyConfigTopic() != null) {
      names.add(options.keyConfigTopic());
    }
    return names;
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
    Map<String, TopicState> topics = client.topics(topicNames());
    List<TopicPartition> partitions =
        asked.isEmpty()
            ? topics.values().stream().flatMap(topic -> topic.all().stream()).toList()
            : List.copyOf(asked);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Group visible = client.visible();
      requireNewest(visible);
      client.fence(visible.markers(), subtasks);
      Group group = visible.with(partitions, client.committed(partitions));
      requireNewest(group);
      Map<TopicPartition, Start> starts =
          new StartRules(settings, options, parallelism, group, client).decide(partitions, topics);
      Map<TopicPartition, OffsetAndMetadata> claims = claims(starts);
      if (claims.isEmpty()) {
        return new Starts(topics, starts);
      }
      if (settings.transactional()) {
        return new Starts(
            topics, claimPending(client, claims, topics, subtasks, parallelism, starts));
      }
      client.commit(claims);
    }
    throw new IllegalStateException(
        "the positions of group "
            + settings.groupId()
            + " change faster than they can be claimed: does another job run with this group? The job"
            + " tries again");
  }

  /**
   * Claims what is final, while others wait.
   *
   * @param likely what is to be claimed if nothing was committed since
   * @param starts of all partitions that are asked for, as they were then
   */
  private Map<TopicPartition, Start> claimPending(
      PositionClient client,
      Map<TopicPartition, OffsetAndMetadata> likely,
      Map<String, TopicState> topics,
      List<Integer> subtasks,
      int parallelism,
      Map<TopicPartition, Start> starts)
      throws InterruptedException {
    try (ClaimTransaction claim = client.claim()) {
      claim.begin(likely);
      Group before = client.visible();
      requireNewest(before);
      client.fence(before.markers(), subtasks);
      Group last = client.visible();
      requireNewest(last);
      Map<TopicPartition, Start> decided =
          new StartRules(settings, options, parallelism, last, client)
              .decide(starts.keySet(), topics);
      Map<TopicPartition, OffsetAndMetadata> claims = claims(decided);
      likely.keySet().forEach(partition -> claims.put(partition, decided.get(partition).claim()));
      claim.commit(claims);
      return decided;
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> claims(Map<TopicPartition, Start> starts) {
    Map<TopicPartition, OffsetAndMetadata> claims = new HashMap<>();
    starts.forEach(
        (partition, start) -> {
          if (!start.isClaimed()) {
            claims.put(partition, start.claim());
          }
        });
    return claims;
  }

  /** The newest start wins. A run that another has taken over from must not take over again. */
  private void requireNewest(Group group) {
    for (PositionMarker marker : group.markers()) {
      if (marker.prefix().equals(settings.transactionalIdPrefix())
          && marker.after().contains(settings.run().id())) {
        throw new StartRefusedException(
            "run "
                + settings.run()
                + " was superseded by run "
                + marker.run()
                + ", which has the same group "
                + settings.groupId()
                + " and the same transactional id prefix "
                + settings.transactionalIdPrefix()
                + ". It goes on where this one stood, and nothing is lost. If both are to run, give"
                + " each an input.group-id and an output.transactional-id-prefix of its own");
      }
    }
  }

  private void requireNoMembers(PositionClient client) throws InterruptedException {
    List<String> members = client.members();
    if (!members.isEmpty()) {
      throw new StartRefusedException(
          "group "
              + settings.groupId()
              + " has members, which would commit offsets over the job's positions: "
              + String.join(", ", members)
              + "; stop them, or give the job a group of its own (input.group-id)");
    }
  }

  private StartRefusedException noPositions(boolean restored) {
    return new StartRefusedException(
        "group "
            + settings.groupId()
            + " has no positions, although "
            + (restored
                ? "the job's checkpoint says that it had some"
                : "a job with the transactional id prefix "
                    + settings.transactionalIdPrefix()
                    + " has run before")
            + ": the group was deleted, reset or expired (offsets.retention.minutes of the brokers), or"
            + " input.group-id was changed; say where to start: bin/embedding-export positions set"
            + " --config FILE --to POSITION");
  }
}
