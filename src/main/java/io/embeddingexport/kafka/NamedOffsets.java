package io.embeddingexport.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Offsets that are given for some partitions.
 *
 * @param named by partition
 * @param others of every other partition; null: to be asked of the broker
 */
record NamedOffsets(Map<TopicPartition, Long> named, @Nullable Long others)
    implements Serializable {
  private static final long serialVersionUID = 1;

  NamedOffsets {
    named = Map.copyOf(named);
  }

  /**
   * An offset for each of {@code partitions}.
   *
   * @param elsewhere asks the broker for partitions of which none is given; not called if there are
   *     none
   */
  Map<TopicPartition, Long> complete(
      Collection<TopicPartition> partitions,
      Function<Collection<TopicPartition>, Map<TopicPartition, Long>> elsewhere) {
    List<TopicPartition> unnamed = new ArrayList<>(partitions);
    unnamed.removeAll(named.keySet());
    Map<TopicPartition, Long> all = new HashMap<>(named);
    all.keySet().retainAll(partitions);
    if (others != null) {
      unnamed.forEach(partition -> all.put(partition, others));
    } else if (!unnamed.isEmpty()) {
      all.putAll(elsewhere.apply(unnamed));
    }
    return all;
  }
}
