package io.embeddingexport.kafka;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/** The order in which partitions are listed for people. */
public final class TopicPartitions {
  public static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private TopicPartitions() {}
}
