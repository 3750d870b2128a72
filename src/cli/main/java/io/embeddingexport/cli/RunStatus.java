package io.embeddingexport.cli;

import io.embeddingexport.local.JobProgress;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The state of a run.
 *
 * @param rejects by reason, the most frequent first
 * @param lag number of inputs on the brokers not read yet; -1: unknown
 */
record RunStatus(
    JobProgress job,
    long records,
    long deadLetters,
    long tombstones,
    long skips,
    Map<String, Long> rejects,
    long lag) {

  private static final int MOST_REASONS = 3;

  static RunStatus of(JobProgress job, RunCounters counters) {
    return new RunStatus(
        job,
        counters.sum("records"),
        counters.sum("rejects"),
        counters.sum("tombstones"),
        counters.sum("skips"),
        counters.rejectsByReason(),
        counters.lag());
  }

  long inputs() {
    return records + deadLetters + tombstones + skips;
  }

  /** One line of figures. */
  String line(double inputsPerSecond) {
    return String.format(
        Locale.ROOT,
        "%s  records %,d  dead letters %,d%s  tombstones %,d%s  (%,.0f/s)%s  checkpoints %,d"
            + "  restarts %d",
        job.status().name().toLowerCase(Locale.ROOT),
        records,
        deadLetters,
        topRejects(),
        tombstones,
        skips == 0 ? "" : String.format(Locale.ROOT, "  skips %,d", skips),
        inputsPerSecond,
        lag < 0 ? "" : String.format(Locale.ROOT, "  lag %,d", lag),
        job.checkpoints(),
        job.restarts());
  }

  private String topRejects() {
    return rejects.isEmpty()
        ? ""
        : rejects.entrySet().stream()
            .limit(MOST_REASONS)
            .map(reject -> String.format(Locale.ROOT, "%s %,d", reject.getKey(), reject.getValue()))
            .collect(Collectors.joining(", ", " (", rejects.size() > MOST_REASONS ? ", …)" : ")"));
  }
}
