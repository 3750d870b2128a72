package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.admin.ConnectionFailure;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Optional<ConnectionFailure> tls =
        ConnectionFailure.plaintextToTls(settings.adminProperties("start"));
    if (tls.isPresent()) {
      throw new NoPositionsException(settings, tls.get());
    }
    return ask(
        "start",
        client -> {
          GroupRules.requireNone(rules.members(client.members()));
          Map<String, TopicState> topics = client.topics(options.topics());
          List<TopicPartition> all = TopicState.all(topics.values());
          Group visible = client.visible(all);
          GroupRules.requireNone(rules.noPositions(visible, known, topics, parallelism, client));
          Claimed claimed = new Claimed(client, topics, all, parallelism);
          return new Starts(topics, claim(claimed, visible, found -> slots(found, parallelism)));
        });
  }

  @Override
  public Map<TopicPartition, Start> ofSlot(
      int subtask, Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    return some(partitions, List.of(subtask), parallelism);
  }

  @Override
  public Map<TopicPartition, Start> added(Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException {
    return some(partitions, List.of(), parallelism);
  }

  /**
   * @param slots whose transactions are ended
   */
  private Map<TopicPartition, Start> some(
      Collection<TopicPartition> partitions, List<Integer> slots, int parallelism)
      throws InterruptedException {
    return ask(
        "start",
        client -> {
          Map<String, TopicState> topics = client.topics(options.topics());
          List<TopicPartition> asked = List.copyOf(partitions);
          Claimed claimed = new Claimed(client, topics, asked, parallelism);
          return claim(claimed, client.visible(asked), found -> slots);
        });
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
   * What is claimed, and by how many slots.
   *
   * @param topics all topics of the job
   * @param partitions those to start
   */
  private record Claimed(
      PositionClient client,
      Map<String, TopicState> topics,
      List<TopicPartition> partitions,
      int parallelism) {}

  /**
   * @param visible what was committed before the claim
   * @param slots whose transactions are ended
   */
  private Map<TopicPartition, Start> claim(
      Claimed claimed, Group visible, Function<Group, List<Integer>> slots)
      throws InterruptedException {
    PositionClient client = claimed.client();
    List<TopicPartition> partitions = claimed.partitions();
    rules.requireNewest(visible);
    if (visible.isOf(settings.run(), claimed.parallelism(), partitions)) {
      client.fence(visible.markers(), slots.apply(visible));
      Group group = visible.with(partitions, client.committed(partitions));
      Map<TopicPartition, Start> starts = decide(claimed, group);
      if (group.standsAt(starts)) {
        return starts;
      }
    }
    try (Claim claim = client.claim()) {
      claim.announce(visible, partitions);
      // Another run may have claimed before the announcement: its slots are fenced too.
      Group announced = client.visible(partitions);
      client.fence(announced.markers(), slots.apply(announced));
      Map<TopicPartition, Start> starts = decide(claimed, client.visible(partitions));
      Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
      starts.forEach((partition, start) -> positions.put(partition, start.position()));
      claim.commit(positions);
      return starts;
    }
  }

  /** The starts, once nobody can move the group's positions. */
  private Map<TopicPartition, Start> decide(Claimed claimed, Group group) {
    rules.requireNewest(group);
    return new StartRules(settings, options, claimed.parallelism(), group, claimed.client())
        .decide(claimed.partitions(), claimed.topics());
  }
}
