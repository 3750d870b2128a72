package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoredSplitsTest {
  private final Map<String, Gauge<?>> gauges = new HashMap<>();
  private final RestoredSplits restored = new RestoredSplits(new Gauges());

  private final class Gauges extends UnregisteredMetricsGroup {
    @Override
    public MetricGroup addGroup(String name) {
      return this;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(name, gauge);
      return gauge;
    }
  }

  private static PartitionSplit split(int partition, long next) {
    return new PartitionSplit(
        new TopicPartition("events", partition), next, PartitionSplit.NEVER, "m", true);
  }

  private Object different() {
    return gauges.get("partitionsNotAtCheckpoint").getValue();
  }

  @Test
  void aPartitionThatGoesOnElsewhereThanItsCheckpointIsCounted() {
    assertThat(different()).isEqualTo(0);

    restored.compare(
        "g",
        List.of(
            ReaderInfo.createReaderInfo(0, "a", List.of(split(0, 5), split(1, 6))),
            ReaderInfo.createReaderInfo(1, "b", List.of(split(2, 7)))),
        List.of(split(0, 5), split(1, 60), split(2, 3), split(3, 0)));

    assertThat(different()).isEqualTo(2);
  }

  @Test
  void withoutACheckpointThereIsNothingToCompare() {
    restored.compare("g", List.of(new ReaderInfo(0, "a")), List.of(split(0, 5)));

    assertThat(different()).isEqualTo(0);
  }
}
