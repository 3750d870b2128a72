package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds where partitions start, and makes the brokers enforce it. A run claims every partition at
 * its first start:
 *
 * <ol>
 *   <li>Announce: begin a transaction that commits the positions with this run's marker, and leave
 *       it open. Every later request for the positions waits for its end.
 *   <li>Fence: end the transactions that others left open or are writing. A later writer asks for
 *       the positions first, waits, and then finds that this run has taken over.
 *   <li>Read the positions. Nobody can move them now.
 *   <li>Commit them.
 * </ol>
 *
 * <p>A restart of the same run only ends the open transactions of its own attempts, and reads the
 * positions. It claims if a position must change because a key-config topic was recreated.
 * Thread-safe, since every call has its own clients; blocks as long as the brokers take.
 */
public final class PartitionStarts implements StartLookup {
  private final PositionSettings settings;
  private final StartOptions options;
  private final GroupRules rules;

  public PartitionStarts(PositionSettings settings, StartOptions options) {
    this.settings = settings;
    this.options = options;
    this.rules = new GroupRules(settings, options);
  }

  @Override
  public Starts all(int parallelism, Set<String> known) throws InterruptedException {
    return ask(
        "start",
        client -> {
          rules.requireNoMembers(client.members());
          Group group = client.visible(TopicState.all(client.topics(options.topics()).values()));
          rules.requirePositions(group, known, parallelism, client);
          return claim(client, List.of(), found -> slots(found, parallelism), parallelism);
        });
  }

  @Override
  public Map<TopicPartition, Start> ofSlot(
      int subtask, Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    return ask(
        "start",
        client -> claim(client, partitions, found -> List.of(subtask), parallelism).starts());
  }

  @Override
  public Map<TopicPartition, Start> added(Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    return ask(
        "start", client -> claim(client, partitions, found -> List.of(), parallelism).starts());
  }

  @Override
  public Map<String, TopicState> topics() throws InterruptedException {
    return ask(
        "discovery",
        client -> {
          rules.requireNewest(client.visible());
          return client.topics(options.topics());
        });
  }

  /** The slots of this attempt, and all others that may have left something open. */
  private static List<Integer> slots(Group group, int parallelism) {
    int most =
        group.markers().stream()
            .mapToInt(PositionMarker::parallelism)
            .reduce(parallelism, Math::max);
    return IntStream.range(0, most).boxed().toList();
  }

  private interface Question<T> {
    T ask(PositionClient client) throws InterruptedException;
  }

  private <T> T ask(String client, Question<T> question) throws InterruptedException {
    try (PositionClient brokers = new PositionClient(settings, client)) {
      return question.ask(brokers);
    } catch (KafkaException e) {
      throw new NoPositionsException(settings, e);
    }
  }

  /**
   * @param asked empty: all partitions of all topics
   * @param slots whose transactions are ended
   */
  private Starts claim(
      PositionClient client,
      Collection<TopicPartition> asked,
      Function<Group, List<Integer>> slots,
      int parallelism)
      throws InterruptedException {
    Map<String, TopicState> topics = client.topics(options.topics());
    List<TopicPartition> partitions =
        asked.isEmpty() ? TopicState.all(topics.values()) : List.copyOf(asked);
    Group visible = client.visible(partitions);
    rules.requireNewest(visible);
    if (visible.isOf(settings.run(), parallelism, partitions)) {
      client.fence(visible.markers(), slots.apply(visible));
      Group group = visible.with(partitions, client.committed(partitions));
      rules.requireNewest(group);
      Map<TopicPartition, Start> starts =
          startRules(client, group, parallelism).decide(partitions, topics);
      if (group.standsAt(starts)) {
        return new Starts(topics, starts);
      }
    }
    try (Claim claim = client.claim()) {
      claim.announce(visible, partitions);
      // Another run may have claimed before the announcement: its slots are fenced too.
      Group announced = client.visible(partitions);
      client.fence(announced.markers(), slots.apply(announced));
      Group group = client.visible(partitions);
      rules.requireNewest(group);
      Map<TopicPartition, Start> starts =
          startRules(client, group, parallelism).decide(partitions, topics);
      Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
      starts.forEach((partition, start) -> positions.put(partition, start.position()));
      claim.commit(positions);
      return new Starts(topics, starts);
    }
  }

  private StartRules startRules(PositionClient client, Group group, int parallelism) {
    return new StartRules(settings, options, parallelism, group, client);
  }
}
