package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionRetentionCheckTest {
  private static final long WEEK = 7 * 24 * 60;

  private final PositionRetentionCheck check = new PositionRetentionCheck();

  @ParameterizedTest
  @CsvSource({WEEK + ", 7 d", 2 * WEEK + ", 14 d"})
  void aWeekIsEnough(long minutes, String text) {
    assertThat(check.evaluate(OptionalLong.of(minutes)))
        .isEqualTo(
            Finding.ok("position-retention", "a stopped job keeps its positions for " + text));
  }

  @ParameterizedTest
  @CsvSource({WEEK - 1 + ", 6 d 23 h", "2880, 2 d", "90, 1 h 30 min", "1, 1 min"})
  void lessIsAWarningThatSaysWhatToSet(long minutes, String text) {
    assertThat(check.evaluate(OptionalLong.of(minutes)))
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains(
            "position-retention", "a job that is stopped for " + text + " loses its positions")
        .contains("set offsets.retention.minutes to 10080 or more on the brokers");
  }

  @Test
  void givenThatTheSettingMayNotBeSeenThenTheCheckIsSkipped() {
    assertThat(check.evaluate(OptionalLong.empty()))
        .returns(Level.SKIPPED, Finding::level)
        .asString()
        .contains("offsets.retention.minutes of the brokers is not visible");
  }
}
