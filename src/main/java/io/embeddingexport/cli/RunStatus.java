package io.embeddingexport.cli;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run.
 *
 * @param rejects by reason, the most frequent first
 * @param lag number of inputs on the brokers not read yet; -1: unknown
 * @param restarts of the most restarted task
 * @param tasksRun whether every task is running or finished
 * @param failure the last; null if there was none
 */
record RunStatus(
    JobStatus state,
    long records,
    long deadLetters,
    long tombstones,
    long skips,
    Map<String, Long> rejects,
    long lag,
    long checkpoints,
    int restarts,
    boolean tasksRun,
    @Nullable Throwable failure) {

  private static final int MOST_REASONS = 3;

  long inputs() {
    return records + deadLetters + tombstones + skips;
  }

  /** One line of figures. */
  String line(double inputsPerSecond) {
    return String.format(
        Locale.ROOT,
        "%s  records %,d  dead letters %,d%s  tombstones %,d%s  (%,.0f/s)%s  checkpoints %,d"
            + "  restarts %d",
        state.name().toLowerCase(Locale.ROOT),
        records,
        deadLetters,
        topRejects(),
        tombstones,
        skips == 0 ? "" : String.format(Locale.ROOT, "  skips %,d", skips),
        inputsPerSecond,
        lag < 0 ? "" : String.format(Locale.ROOT, "  lag %,d", lag),
        checkpoints,
        restarts);
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
