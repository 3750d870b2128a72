package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionTimeoutTest {
  private static final OptionalLong STOCK_MAX = OptionalLong.of(900_000);

  @TempDir Path directory;

  @Test
  void theJobsDefaultsShouldSurviveFiveMinutes() throws Exception {
    // 10 min less two checkpoints, of which one may fail, of 10 s and 2 min each.
    assertThat(TransactionTimeout.of(new Fixture(directory).subject(), STOCK_MAX, false).judge())
        .returns(Level.OK, Finding::level)
        .extracting(Finding::text)
        .asString()
        .contains("an outage of up to 5 min 40 s", "the brokers allow 15 min");
  }

  @Test
  void moreThanTheBrokersAllowShouldBeAnErrorThatNamesBoth() {
    assertThat(timeout(900_001, STOCK_MAX, false).judge())
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("output.transaction-timeout = 900001", "900000 ms", "transaction.max.timeout.ms");
    assertThat(timeout(900_000, STOCK_MAX, false).judge().level()).isEqualTo(Level.OK);
  }

  @Test
  void aRefusalShouldBeAnErrorEvenIfTheMaximumMayNotBeSeen() {
    assertThat(timeout(900_000, OptionalLong.empty(), true).judge())
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("transaction.max.timeout.ms");
  }

  @Test
  void aTimeoutThatEndsBeforeTheNextCheckpointShouldBeAnError() {
    assertThat(timeout(10_000, STOCK_MAX, false).judge().level()).isEqualTo(Level.ERROR);
  }

  @Test
  void aTimeoutThatSlowCheckpointsUseUpShouldBeAWarning() {
    assertThat(timeout(70_000 + 120_000, STOCK_MAX, false).judge().level()).isEqualTo(Level.OK);
    assertThat(timeout(70_000 + 119_999, STOCK_MAX, false).judge())
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("1 min 10 s", "set it to 190000 ms");
    assertThat(timeout(60_000, STOCK_MAX, false).judge().text())
        .contains("an outage of any length");
  }

  /** Of a checkpoint every 10 s that may take 1 min and must not fail. */
  private static TransactionTimeout timeout(long millis, OptionalLong max, boolean refused) {
    return new TransactionTimeout(
        Duration.ofMillis(millis), max, refused, Duration.ofSeconds(10), Duration.ofMinutes(1), 0);
  }
}
