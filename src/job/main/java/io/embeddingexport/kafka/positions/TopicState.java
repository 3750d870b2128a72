package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.TopicPartitions;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The current state of a topic.
 *
 * @param id differs from that of a deleted topic of the same name
 * @param partitions number of partitions
 */
public record TopicState(String name, Uuid id, int partitions) {

  public List<TopicPartition> all() {
    return IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(name, p)).toList();
  }

  /** The partitions of all topics, by topic and number. */
  static List<TopicPartition> all(Collection<TopicState> topics) {
    return topics.stream()
        .flatMap(topic -> topic.all().stream())
        .sorted(TopicPartitions.ORDER)
        .toList();
  }
}
