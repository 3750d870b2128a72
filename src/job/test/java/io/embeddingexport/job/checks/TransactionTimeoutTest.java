package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import io.embeddingexport.job.options.CheckpointTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionTimeoutTest {
  private static final OptionalLong STOCK_MAX = OptionalLong.of(900_000);

  /** A checkpoint every 10 s that may take 1 min and must not fail needs 1 min 10 s, and 1 more. */
  private static final long NEEDED = 130_000;

  @TempDir Path directory;

  @Test
  void theJobsDefaultsShouldBeFineOnStockBrokers() throws Exception {
    // Two checkpoints, of which one may fail, of 10 s and 1 min each, and 1 min more.
    assertThat(TransactionTimeout.of(new Fixture(directory).context(), STOCK_MAX, false).evaluate())
        .returns(Level.OK, Finding::level)
        .extracting(Finding::text)
        .asString()
        .startsWith("3 min 20 s: ")
        .contains("a longer outage loses nothing", "the brokers allow 15 min");
  }

  @Test
  void moreThanTheBrokersAllowShouldBeAnErrorThatSaysWhatCheckpointsNeed() {
    assertThat(timeout(900_001, STOCK_MAX, false).evaluate())
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("the brokers allow 15 min", "transaction.max.timeout.ms")
        .contains(
            "checkpoints need 2 min 10 s (interval 10 s, timeout 1 min, tolerated failures 0)");
    assertThat(timeout(900_000, STOCK_MAX, false).evaluate().level()).isEqualTo(Level.OK);
  }

  @Test
  void aRefusalShouldBeAnErrorEvenIfTheMaximumMayNotBeSeen() {
    assertThat(timeout(900_000, OptionalLong.empty(), true).evaluate())
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("the brokers allow less", "transaction.max.timeout.ms");
    assertThat(timeout(900_000, OptionalLong.empty(), false).evaluate().level())
        .isEqualTo(Level.OK);
  }

  @Test
  void lessThanCheckpointsNeedShouldBeAnErrorThatSaysWhatToDo() {
    assertThat(timeout(NEEDED, STOCK_MAX, false).evaluate().level()).isEqualTo(Level.OK);
    assertThat(timeout(NEEDED - 1, STOCK_MAX, false).evaluate())
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("checkpoints need 2 min 10 s")
        .contains("remove output.transaction-timeout, or shorten")
        .contains("shorten flink.execution.checkpointing.timeout");
  }

  private static TransactionTimeout timeout(long millis, OptionalLong max, boolean refused) {
    return new TransactionTimeout(
        Duration.ofMillis(millis),
        new CheckpointTimes(Duration.ofSeconds(10), Duration.ofMinutes(1), 0),
        max,
        refused);
  }
}
