package io.embeddingexport.kafka.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.TopicPartition;

/**
 * The metric {@code lag} of each partition. Flink's own lag is the sum of a slot, which hides one
 * partition that stands still. Any thread may read it.
 */
final class PartitionLags {
  /** The lag of a partition whose topic the brokers no longer have. */
  static final long UNKNOWN = -1;

  private final MetricGroup group;
  private final Map<TopicPartition, Long> lags = new ConcurrentHashMap<>();

  /**
   * @param group {@code embeddingExport} of the operator
   */
  PartitionLags(MetricGroup group) {
    this.group = group;
  }

  /** Sets the number of messages that are on the broker and not read yet. */
  void set(TopicPartition partition, long lag) {
    if (lags.put(partition, lag) == null) {
      group
          .addGroup("topic", partition.topic())
          .addGroup("partition", Integer.toString(partition.partition()))
          .gauge("lag", (Gauge<Long>) () -> lags.get(partition));
    }
  }
}
