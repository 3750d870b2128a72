package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;

import io.embeddingexport.job.options.CheckpointTimes;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.text.DurationText;
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
    String ours = DurationText.of(timeout) + ": ";
    Duration needed = checkpoints.longestTransaction();
    if (timeout.compareTo(needed) < 0) {
      return error(
          NAME,
          ours + "checkpoints need " + DurationText.of(needed) + " (" + reasons() + ")",
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
              + (brokerMax.isPresent()
                  ? DurationText.of(Duration.ofMillis(brokerMax.getAsLong()))
                  : "less"),
          "raise the brokers' "
              + BROKER_MAX
              + ", or shorten "
              + CHECKPOINT_TIMEOUT
              + ": checkpoints need "
              + DurationText.of(needed)
              + " ("
              + reasons()
              + ")");
    }
    return ok(
        NAME,
        DurationText.of(timeout)
            + ": a job that died can hold consumers back that long; a longer outage loses nothing"
            + (brokerMax.isPresent()
                ? "; the brokers allow " + DurationText.of(Duration.ofMillis(brokerMax.getAsLong()))
                : ""));
  }

  private String reasons() {
    return "interval "
        + DurationText.of(checkpoints.interval())
        + ", timeout "
        + DurationText.of(checkpoints.timeout())
        + ", tolerated failures "
        + checkpoints.tolerated();
  }
}
