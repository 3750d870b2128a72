package io.embeddingexport.kafka.positions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out where partitions start, and makes the brokers keep to it. A run claims every partition
 * at its first start:
 *
 * <ol>
 *   <li>Announce: begin a transaction that commits the positions with this run's marker, and leave
 *       it open. Whoever asks for the positions from here on waits for its end.
 *   <li>Fence: end what others have left open, or are writing. Who begins to write after that asks
 *       for the positions first, waits, and then finds that this run has taken over.
 *   <li>Read the positions. Nobody can move them any more.
 *   <li>Commit them.
 * </ol>
 *
 * <p>A restart of the same run only ends what its own attempts have left open, and reads the
 * positions. Thread-safe, since every call has clients of its own; blocks for as long as the
 * brokers take.
 */
public final class PartitionStarts implements StartLookup {
  private final PositionSettings settings;
  private final StartOptions options;

  public PartitionStarts(PositionSettings settings, StartOptions options) {
    this.settings = settings;
    this.options = options;
  }

  @Override
  public Starts all(int parallelism, Set<String> known) throws InterruptedException {
    return ask(
        "start",
        client -> {
          requireNoMembers(client);
          Group group = client.visible();
          requirePositions(client, group, parallelism, known);
          int slots =
              group.markers().stream()
                  .mapToInt(PositionMarker::parallelism)
                  .reduce(parallelism, Math::max);
          return claim(client, List.of(), IntStream.range(0, slots).boxed().toList(), parallelism);
        });
  }

  @Override
  public Map<TopicPartition, Start> ofSlot(
      int subtask, Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    return ask(
        "start", client -> claim(client, partitions, List.of(subtask), parallelism).starts());
  }

  @Override
  public Map<TopicPartition, Start> added(Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    return ask("start", client -> claim(client, partitions, List.of(), parallelism).starts());
  }

  @Override
  public Map<String, TopicState> topics() throws InterruptedException {
    return ask(
        "discovery",
        client -> {
          requireNewest(client.visible());
          return client.topics(topicNames());
        });
  }

  private interface Question<T> {
    T ask(PositionClient client) throws InterruptedException;
  }

  private <T> T ask(String client, Question<T> question) throws InterruptedException {
    try (PositionClient brokers = new PositionClient(settings, client)) {
      return question.ask(brokers);
    } catch (KafkaException e) {
      throw new FlinkRuntimeException(
          "kafka.bootstrap-servers = "
              + settings.bootstrapServers()
              + ": the brokers do not say where to start: "
              + e.getMessage()
              + "; check that the brokers run, the address and the permissions; the job tries again",
          e);
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
    Group visible = client.visible();
    requireNewest(visible);
    if (visible.isOf(settings.run(), parallelism, partitions)) {
      client.fence(visible.markers(), subtasks);
      Group group = visible.with(partitions, client.committed(partitions));
      requireNewest(group);
      return new Starts(topics, rules(client, group, parallelism).decide(partitions, topics));
    }
    try (Claim claim = client.claim()) {
      claim.announce(visible, partitions);
      client.fence(visible.markers(), subtasks);
      Group group = client.visible();
      requireNewest(group);
      Map<TopicPartition, Start> starts =
          rules(client, group, parallelism).decide(partitions, topics);
      claim.commit(starts);
      return new Starts(topics, starts);
    }
  }

  private StartRules rules(PositionClient client, Group group, int parallelism) {
    return new StartRules(settings, options, parallelism, group, client);
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

  /** A group that has lost its positions looks like one that never had any. */
  private void requirePositions(
      PositionClient client, Group group, int parallelism, Set<String> known)
      throws InterruptedException {
    for (String topic : options.inputTopics()) {
      if (known.contains(topic) && group.markers(topic).isEmpty()) {
        throw noPositions("of topic " + topic, "the job's checkpoint says that it had some");
      }
    }
    if (settings.transactional() && group.markers().isEmpty()) {
      int partitions =
          client.topics(options.inputTopics()).values().stream()
              .mapToInt(TopicState::partitions)
              .sum();
      if (client.knowsTransactionalIds(Math.max(parallelism, partitions))) {
        throw noPositions(
            "at all",
            "a job with the transactional id prefix "
                + settings.transactionalIdPrefix()
                + " has run before");
      }
    }
  }

  private StartRefusedException noPositions(String where, String evidence) {
    return new StartRefusedException(
        "group "
            + settings.groupId()
            + " has no positions "
            + where
            + ", although "
            + evidence
            + ": the group or the topic was deleted, the group was reset or has expired"
            + " (offsets.retention.minutes of the brokers), or input.group-id was changed; say where to"
            + " start: bin/embedding-export positions set --config FILE --to POSITION");
  }
}
