package io.embeddingexport.consumer;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The ends that partitions had at one time, and how far a consumer is from them. A consumer also
 * passes offsets without a message for it: markers of transactions, aborted messages, and those
 * that compaction removed. Not thread-safe.
 */
@Internal
public final class TopicEnds {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private static final int SHOWN = 3;

  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Long> unread = new TreeMap<>(ORDER);
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /**
   * @param consumer to which the partitions are assigned
   * @param ends the offset after the last of each partition
   */
  public TopicEnds(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    unread.putAll(ends);
  }

  /**
   * Whether the consumer is at all of them, or past them.
   *
   * @param timeout longest wait for the broker to say where a partition begins
   * @throws org.apache.kafka.common.errors.TimeoutException if it does not say
   */
  public boolean areReached(Duration timeout) {
    unread
        .entrySet()
        .removeIf(
            end -> {
              long position = consumer.position(end.getKey(), timeout);
              positions.put(end.getKey(), position);
              return position >= end.getValue();
            });
    return unread.isEmpty();
  }

  /**
   * The first partitions that the last look left, such as {@code configs-0 is read to offset 4 of
   * 9}.
   */
  public String progress() {
    return unread.entrySet().stream()
        .limit(SHOWN)
        .map(end -> progress(end.getKey(), end.getValue()))
        .collect(Collectors.joining(", "));
  }

  private String progress(TopicPartition partition, long end) {
    Long position = positions.get(partition);
    String read = position == null ? "no offset" : "offset " + position;
    return partition + " is read to " + read + " of " + end;
  }
}
