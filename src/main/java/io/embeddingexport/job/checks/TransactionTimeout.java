package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.job.JobOptions;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The transaction timeout between what checkpoints need and what the brokers allow. A transaction
 * is opened after a checkpoint and committed after the next one that completes. What the timeout
 * leaves beyond that is the longest outage after which nothing is lost.
 *
 * @param brokerMax ms; empty if it may not be seen
 * @param refused whether the brokers refused the timeout when it was tried
 * @param interval of checkpoints
 * @param checkpointTimeout of one checkpoint
 * @param tolerated checkpoints that may fail in a row without a restart
 */
record TransactionTimeout(
    Duration timeout,
    OptionalLong brokerMax,
    boolean refused,
    Duration interval,
    Duration checkpointTimeout,
    int tolerated) {
  static final String NAME = "transaction-timeout";
  static final String BROKER_MAX = "transaction.max.timeout.ms";

  /** An outage shorter than that is a restart, which must always do. */
  private static final Duration SHORTEST_OUTAGE = Duration.ofMinutes(2);

  static TransactionTimeout of(Subject subject, OptionalLong brokerMax, boolean refused) {
    ReadableConfig flink = subject.flink();
    return new TransactionTimeout(
        subject.settings().sink().transactionTimeout(),
        brokerMax,
        refused,
        subject.checkpointInterval(),
        flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT),
        flink.getOptional(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER).orElse(0));
  }

  Finding judge() {
    String ours =
        JobOptions.OUTPUT_TRANSACTION_TIMEOUT.key() + " = " + timeout.toMillis() + " ms: ";
    if (refused || timeout.toMillis() > brokerMax.orElse(Long.MAX_VALUE)) {
      return error(
          NAME,
          ours
              + "the brokers allow "
              + (brokerMax.isPresent() ? brokerMax.getAsLong() + " ms" : "less"),
          "lower it, or raise their " + BROKER_MAX);
    }
    if (timeout.compareTo(interval) <= 0) {
      return error(
          NAME,
          ours + "ends before the next checkpoint, " + text(interval) + " later, can commit",
          "give it checkpoint interval, checkpoint timeout and the longest outage");
    }
    Duration outage = timeout.minus(longestCheckpoint());
    return outage.compareTo(SHORTEST_OUTAGE) < 0
        ? warning(
            NAME,
            ours
                + "checkpoints may take "
                + text(longestCheckpoint())
                + " of it (interval "
                + text(interval)
                + ", timeout "
                + text(checkpointTimeout)
                + ", tolerated failures "
                + tolerated
                + "), so an outage of "
                + (outage.isNegative() ? "any length" : text(outage))
                + " can lose records",
            "set it to "
                + longestCheckpoint().plus(SHORTEST_OUTAGE).toMillis()
                + " ms or more, or shorten flink.execution.checkpointing.timeout")
        : ok(
            NAME,
            text(timeout)
                + ": an outage of up to "
                + text(outage)
                + " loses nothing, however slow checkpoints are"
                + (brokerMax.isPresent()
                    ? "; the brokers allow " + text(Duration.ofMillis(brokerMax.getAsLong()))
                    : ""));
  }

  /** From a transaction's begin to its commit, if all goes as badly as it may. */
  private Duration longestCheckpoint() {
    return interval.plus(checkpointTimeout).multipliedBy(1L + Math.max(0, tolerated));
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
