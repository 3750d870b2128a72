package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class InputReaderTest {
  private static final PositionSettings POSITIONS =
      new PositionSettings(
          "127.0.0.1:1",
          "g",
          "p",
          true,
          Duration.ofMinutes(5),
          new RunIdentity("0123456789ab", Instant.EPOCH),
          Map.of(),
          Map.of());

  /** By name under the reader's group. */
  private final Map<String, Gauge<?>> gauges = new HashMap<>();

  @Test
  void partitionsThatStartOffTheCheckpointAreCounted() throws Exception {
    try (InputReader reader = new InputReader(context(), POSITIONS)) {
      assertThat(offCheckpoint()).isZero();

      reader.addSplits(List.of(split(0), split(1).offCheckpoint(), split(2).offCheckpoint()));
      reader.addSplits(List.of(split(3).offCheckpoint()));

      assertThat(offCheckpoint()).isEqualTo(3);
    }
  }

  private int offCheckpoint() {
    return (Integer) gauges.get("embeddingExport.positionsOffCheckpoint").getValue();
  }

  private static PartitionSplit split(int partition) {
    return new PartitionSplit(
        new TopicPartition("keys", partition), 5, PartitionSplit.NEVER, "m", false, false);
  }

  private SourceReaderContext context() {
    MetricGroup group = new RecordedGroup("");
    return (SourceReaderContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SourceReaderContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "metricGroup" -> InternalSourceReaderMetricGroup.mock(group);
                  case "getIndexOfSubtask" -> 0;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private final class RecordedGroup extends UnregisteredMetricsGroup {
    private final String path;

    private RecordedGroup(String path) {
      this.path = path;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return new RecordedGroup(path + name + '.');
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(path + name, gauge);
      return gauge;
    }
  }
}
