package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.RecordedMetrics;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionLagsTest {
  private static final TopicPartition FIRST = new TopicPartition("events", 0);
  private static final TopicPartition SECOND = new TopicPartition("events", 1);

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final PartitionLags lags = new PartitionLags(metrics);

  @Test
  void givenTwoPartitions_whenLagsAreSet_thenEachHasAGaugeOfItsOwn() {
    lags.set(FIRST, 5);
    lags.set(SECOND, 7);

    assertThat(metrics.gauge("topic.events.partition.0.lag")).isEqualTo(5L);
    assertThat(metrics.gauge("topic.events.partition.1.lag")).isEqualTo(7L);
  }

  @Test
  void givenALag_whenItIsSetAgain_thenTheSameGaugeHasTheNewValue() {
    lags.set(FIRST, 5);
    lags.set(FIRST, 0);

    assertThat(metrics.gauge("topic.events.partition.0.lag")).isEqualTo(0L);
  }
}
