package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTimesTest {

  @ParameterizedTest
  @CsvSource({
    "10, 60, 1, 200", // twice 70 s, and a minute
    "10, 60, 0, 130",
    "1, 5, 0, 12", // 6 s, and as much again
    "1, 5, 3, 30",
    "0, 60, 1, 180", // no checkpoints but those that are asked for
    "30, 30, 0, 120",
  })
  void aTransactionLastsAsLongAsEveryToleratedFailureAndAMargin(
      long interval, long timeout, int tolerated, long seconds) {
    CheckpointTimes times =
        new CheckpointTimes(Duration.ofSeconds(interval), Duration.ofSeconds(timeout), tolerated);

    assertThat(times.longestTransaction()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Property
  void theMarginIsNeverMoreThanAMinuteNorThanOneCheckpoint(
      @ForAll @IntRange(max = 600) int interval,
      @ForAll @IntRange(min = 1, max = 3600) int timeout,
      @ForAll @IntRange(max = 10) int tolerated) {
    CheckpointTimes times =
        new CheckpointTimes(Duration.ofSeconds(interval), Duration.ofSeconds(timeout), tolerated);
    long one = interval + timeout;

    assertThat(times.longestTransaction().toSeconds() - one * (1 + tolerated))
        .isPositive()
        .isLessThanOrEqualTo(Math.min(60, one));
  }

  @Test
  void theOptionsInForceSayHowLongCheckpointsMayTake() {
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(3));
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(20));
    flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 2);

    assertThat(CheckpointTimes.of(flink))
        .isEqualTo(new CheckpointTimes(Duration.ofSeconds(3), Duration.ofSeconds(20), 2));
  }

  @Test
  void whatIsNotSetIsAsFlinkHasIt() {
    Configuration unlimited = new Configuration();
    unlimited.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, -1);

    assertThat(CheckpointTimes.of(new Configuration()))
        .isEqualTo(new CheckpointTimes(Duration.ZERO, Duration.ofMinutes(10), 0));
    assertThat(CheckpointTimes.of(unlimited).tolerated()).isZero();
  }
}
