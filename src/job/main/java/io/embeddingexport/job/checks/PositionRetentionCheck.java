package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Checks how long the brokers keep the positions of a stopped job. A running job commits them again
 * at least once a day.
 */
final class PositionRetentionCheck implements Check {
  static final String SETTING = "offsets.retention.minutes";

  /** Kafka's default: a job may well be stopped that long. */
  private static final Duration ENOUGH = Duration.ofDays(7);

  @Override
  public String name() {
    return "position-retention";
  }

  @Override
  public List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException {
    return List.of(evaluate(brokers.setting(SETTING)));
  }

  Finding evaluate(OptionalLong minutes) {
    if (minutes.isEmpty()) {
      return skipped(name(), SETTING + " of the brokers is not visible");
    }
    Duration kept = Duration.ofMinutes(minutes.getAsLong());
    String text = DurationText.of(kept);
    return kept.compareTo(ENOUGH) >= 0
        ? ok(name(), "a stopped job keeps its positions for " + text)
        : warning(
            name(),
            "a job that is stopped for " + text + " loses its positions and then does not start",
            "set " + SETTING + " to " + ENOUGH.toMinutes() + " or more on the brokers");
  }
}
