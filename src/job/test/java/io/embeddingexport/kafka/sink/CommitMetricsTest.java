package io.embeddingexport.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.RecordedMetrics;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommitMetricsTest {
  private static final TopicPartition FIRST = new TopicPartition("in", 0);

  private final RecordedMetrics recorded = new RecordedMetrics();
  private long now = 1_000_000;
  private final CommitMetrics metrics = new CommitMetrics(recorded, () -> now);

  @Test
  void anInputCountsInEveryBucketThatItsTimeToTheCommitFits() {
    metrics.add(input(now - 1_000));
    metrics.prepare(1, Map.of());
    now += 500;
    metrics.commit(1);

    assertThat(freshness("1000")).isZero();
    assertThat(freshness("2000")).isEqualTo(1);
    assertThat(freshness("86400000")).isEqualTo(1);
    assertThat(freshness("+Inf")).isEqualTo(1);
  }

  @Test
  void anInputOlderThanEveryBoundCountsInTheLastBucketAlone() {
    metrics.add(input(now - 100_000_000));
    metrics.prepare(1, Map.of());
    metrics.commit(1);

    assertThat(freshness("86400000")).isZero();
    assertThat(freshness("+Inf")).isEqualTo(1);
  }

  @Test
  void anInputFromAClockAheadIsFresh() {
    metrics.add(input(now + 60_000));
    metrics.prepare(1, Map.of());
    metrics.commit(1);

    assertThat(freshness("100")).isEqualTo(1);
  }

  @Test
  void aSampleStandsForAllInputs() {
    for (int i = 0; i < 10_000; i++) {
      metrics.add(input(i % 4 == 0 ? now - 150 : now - 1_500));
    }
    metrics.prepare(1, Map.of());
    metrics.commit(1);

    assertThat(freshness("+Inf")).isEqualTo(10_000);
    assertThat(freshness("2000")).isEqualTo(10_000);
    assertThat(freshness("200")).as("a quarter, about").isBetween(2_000L, 3_000L);
  }

  @Test
  void nothingCountsBeforeItsCommitAndNothingTwice() {
    metrics.add(input(now));
    metrics.prepare(1, Map.of());
    metrics.add(input(now));
    assertThat(freshness("+Inf")).isZero();

    metrics.commit(1);
    metrics.commit(1);
    assertThat(freshness("+Inf")).isEqualTo(1);

    metrics.prepare(2, Map.of());
    metrics.prepare(3, Map.of());
    metrics.commit(3);
    assertThat(freshness("+Inf")).isEqualTo(2);
  }

  @Test
  void givenNoTimestampThenFreshnessLeavesTheInputOut() {
    metrics.add(input(Envelope.NO_TIMESTAMP));
    metrics.prepare(1, Map.of());
    metrics.commit(1);

    assertThat(freshness("+Inf")).isZero();
  }

  @Test
  void theUncommittedAgeIsThatOfTheOldestInputWithoutACommit() {
    assertThat(age()).isEqualTo(0L);
    metrics.add(input(0));
    now += 10;
    metrics.prepare(1, Map.of());
    now += 10;
    metrics.add(input(0));
    now += 10;
    assertThat(age()).isEqualTo(30L);

    metrics.commit(1);
    assertThat(age()).as("since the second input").isEqualTo(10L);

    metrics.prepare(2, Map.of());
    metrics.prepare(3, Map.of());
    now += 5;
    assertThat(age()).isEqualTo(15L);
    metrics.commit(2);
    assertThat(age()).as("the third checkpoint has no inputs").isEqualTo(0L);
  }

  @Test
  void aPositionMovesWithTheCommit() {
    metrics.start(FIRST, 7);
    assertThat(position()).isEqualTo(7L);

    metrics.prepare(1, Map.of(FIRST, 20L));
    assertThat(position()).isEqualTo(7L);

    metrics.commit(1);
    assertThat(position()).isEqualTo(20L);
  }

  @Test
  void aPartitionThatStartsAgainKeepsItsMetric() {
    metrics.start(FIRST, 7);
    metrics.start(FIRST, 0);

    assertThat(position()).isEqualTo(0L);
  }

  private Object position() {
    return recorded.gauge("topic.in.partition.0.position");
  }

  private Object age() {
    return recorded.gauge("uncommittedAgeMillis");
  }

  private long freshness(String bound) {
    return recorded.count("le." + bound + ".freshnessMillisBucket");
  }

  private static Envelope input(long timestampMillis) {
    return new Envelope(null, null, Envelope.NO_HEADERS, timestampMillis, "in", 0, 0);
  }
}
