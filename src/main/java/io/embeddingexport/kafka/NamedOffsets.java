package io.embeddingexport.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Offsets that are given for some partitions and asked of the broker for the others. */
final class NamedOffsets {

  /**
   * An offset for each of {@code partitions}.
   *
   * @param named what is given; partitions beyond {@code partitions} are left out
   * @param elsewhere asks the broker for partitions not named; not called if there are none
   */
  static Map<TopicPartition, Long> complete(
      Map<TopicPartition, Long> named,
      Collection<TopicPartition> partitions,
      Function<Collection<TopicPartition>, Map<TopicPartition, Long>> elsewhere) {
    List<TopicPartition> unnamed = new ArrayList<>(partitions);
    unnamed.removeAll(named.keySet());
    Map<TopicPartition, Long> all = new HashMap<>(named);
    all.keySet().retainAll(partitions);
    if (!unnamed.isEmpty()) {
      all.putAll(elsewhere.apply(unnamed));
    }
    return all;
  }

  private NamedOffsets() {}
}
