package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;

import io.embeddingexport.job.options.CheckpointTimes;
import io.embeddingexport.job.options.JobOptions;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Compares the transaction timeout with checkpoints' needs and the brokers' limit.
 *
 * @param brokerMax ms; empty if it may not be seen
 * @param refused whether the brokers refused the timeout when it was tried
 */
record TransactionTimeout(
    Duration timeout, CheckpointTimes checkpoints, OptionalLong brokerMax, boolean refused) {
  static final String NAME = "transaction-timeout";
  static final String BROKER_MAX = "transaction.max.timeout.ms";

  private static final String CHECKPOINT_TIMEOUT = "flink.execution.checkpointing.timeout";

  static TransactionTimeout of(PreflightContext context, OptionalLong brokerMax, boolean refused) {
    return new TransactionTimeout(
        context.transactionTimeout(), context.checkpointTimes(), brokerMax, refused);
  }

  Finding evaluate() {
    String ours = text(timeout) + ": ";
    Duration needed = checkpoints.longestTransaction();
    if (timeout.compareTo(needed) < 0) {
      return error(
          NAME,
          ours + "checkpoints need " + text(needed) + " (" + reasons() + ")",
          "remove "
              + JobOptions.OUTPUT_TRANSACTION_TIMEOUT.key()
              + ", or shorten "
              + CHECKPOINT_TIMEOUT);
    }
    if (refused || timeout.toMillis() > brokerMax.orElse(Long.MAX_VALUE)) {
      return error(
          NAME,
          ours
              + "the brokers allow "
              + (brokerMax.isPresent() ? text(Duration.ofMillis(brokerMax.getAsLong())) : "less"),
          "raise the brokers' "
              + BROKER_MAX
              + ", or shorten "
              + CHECKPOINT_TIMEOUT
              + ": checkpoints need "
              + text(needed)
              + " ("
              + reasons()
              + ")");
    }
    return ok(
        NAME,
        text(timeout)
            + ": a job that died can hold consumers back that long; a longer outage loses nothing"
            + (brokerMax.isPresent()
                ? "; the brokers allow " + text(Duration.ofMillis(brokerMax.getAsLong()))
                : ""));
  }

  private String reasons() {
    return "interval "
        + text(checkpoints.interval())
        + ", timeout "
        + text(checkpoints.timeout())
        + ", tolerated failures "
        + checkpoints.tolerated();
  }

  /** {@code 10 min}, {@code 5 min 40 s}, {@code 200 ms}. */
  static String text(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + " ms";
    }
    long minutes = duration.toMinutes();
    int seconds = duration.toSecondsPart();
    return minutes == 0
        ? seconds + " s"
        : minutes + " min" + (seconds == 0 ? "" : " " + seconds + " s");
  }
}
