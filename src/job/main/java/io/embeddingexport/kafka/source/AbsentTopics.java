package io.embeddingexport.kafka.source;

import io.embeddingexport.kafka.TopicPartitions;
import io.embeddingexport.kafka.positions.StartRefusedException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that the brokers no longer have, and the partitions that are not read because of that.
 * A topic that was only out of sight comes back with its id; one with another id is another topic.
 * For the reading thread.
 */
final class AbsentTopics {
  private static final Logger LOG = LoggerFactory.getLogger(AbsentTopics.class);

  /** Time between two questions to the brokers. */
  static final Duration PERIOD = Duration.ofSeconds(5);

  /** Asks the brokers. */
  interface Lookup {
    /** The topics' ids; empty: there is no such topic. A topic is left out if they do not say. */
    Map<String, Optional<Uuid>> ids(Collection<String> topics);
  }

  private final Lookup lookup;
  private final LongSupplier nanoClock;
  private final Map<String, Uuid> expected = new HashMap<>();
  private final Map<TopicPartition, Long> left = new TreeMap<>(TopicPartitions.ORDER);
  private long askDueNanos;
  private long returnDueNanos;

  AbsentTopics(Lookup lookup, LongSupplier nanoClock) {
    this.lookup = lookup;
    this.nanoClock = nanoClock;
    this.askDueNanos = nanoClock.getAsLong();
    this.returnDueNanos = nanoClock.getAsLong();
  }

  /** A topic to read has this id. */
  void expect(String topic, Uuid id) {
    expected.put(topic, id);
  }

  /** Whether a partition is not read. */
  boolean contains(TopicPartition partition) {
    return left.containsKey(partition);
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  /**
   * The topics that are gone. The brokers are asked once a period at most.
   *
   * @throws StartRefusedException if one has been re-created
   */
  Set<String> among(Collection<String> topics) {
    if (nanoClock.getAsLong() - askDueNanos < 0) {
      return Set.of();
    }
    Set<String> gone = gone(topics);
    askDueNanos = nextNanos();
    return gone;
  }

  /** Keeps where a partition is to be read if its topic comes back. */
  void leave(Map<TopicPartition, Long> positions) {
    left.putAll(positions);
    returnDueNanos = nextNanos();
    LOG.warn(
        "The brokers no longer have {}. It is not read until they have it again.",
        positions.keySet().stream().map(TopicPartition::topic).distinct().toList());
  }

  /**
   * Where to read the partitions whose topic is back. The brokers are asked once a period.
   *
   * @throws StartRefusedException if one has been re-created
   */
  Map<TopicPartition, Long> returned() {
    if (left.isEmpty() || nanoClock.getAsLong() - returnDueNanos < 0) {
      return Map.of();
    }
    Set<String> topics =
        left.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    Set<String> gone = gone(topics);
    returnDueNanos = nextNanos();
    Map<TopicPartition, Long> returned = new HashMap<>(left);
    returned.keySet().removeIf(partition -> gone.contains(partition.topic()));
    left.keySet().removeAll(returned.keySet());
    if (!returned.isEmpty()) {
      LOG.info("The brokers have {} again.", returned.keySet());
    }
    return returned;
  }

  private long nextNanos() {
    return nanoClock.getAsLong() + PERIOD.toNanos();
  }

  /** A topic about which the brokers do not say anything is as it was. */
  private Set<String> gone(Collection<String> topics) {
    Map<String, Optional<Uuid>> now = lookup.ids(topics);
    Set<String> gone = new TreeSet<>();
    for (String topic : topics) {
      Optional<Uuid> id = now.get(topic);
      Uuid before = expected.get(topic);
      if (id == null ? isLeft(topic) : id.isEmpty()) {
        gone.add(topic);
      } else if (id != null && before != null && !id.get().equals(before)) {
        throw StartRefusedException.recreated(topic, before, id.get());
      }
    }
    return gone;
  }

  private boolean isLeft(String topic) {
    return left.keySet().stream().anyMatch(partition -> partition.topic().equals(topic));
  }
}
