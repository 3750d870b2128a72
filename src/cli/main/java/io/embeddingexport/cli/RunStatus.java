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

  /**
   * One line of figures.
   *
   * @param rejected the word for what is rejected
   */
  String line(String rejected, double inputsPerSecond) {
    return String.format(
        Locale.ROOT,
        "%s  records %,d  %s %,d%s  tombstones %,d%s  (%,.0f/s)%s  checkpoints %,d"
            + "  restarts %d",
        job.status().name().toLowerCase(Locale.ROOT),
        records,
        rejected,
        deadLetters,
        topRejects(),
        tombstones,
        skips == 0 ? "" : String.format(Locale.ROOT, "  skips %,d", skips),
        inputsPerSecond,
        lag < 0 ? "" : String.format(Locale.ROOT, "  lag %,d", lag),
        job.checkpoints(),
        job.restarts());
  }

  /** One sentence on a replay that has ended: what it wrote, and what stays for which reasons. */
  String replayed() {
    String why =
        rejects.entrySet().stream()
            .map(reject -> String.format(Locale.ROOT, "%s %,d", reject.getKey(), reject.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "this run replayed %,d records and %,d tombstones; %,d letters stay%s, and %,d were not"
            + " chosen%s",
        records,
        tombstones,
        deadLetters,
        why.isEmpty() ? "" : " (" + why + ")",
        skips,
        job.restarts() == 0 ? "" : "; what a restart read again is counted again");
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
