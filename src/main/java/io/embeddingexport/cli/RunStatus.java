package io.embeddingexport.cli;

import java.util.Locale;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run.
 *
 * @param restarts of the most restarted task
 * @param failure the last; null if there was none
 */
record RunStatus(
    JobStatus state,
    long records,
    long deadLetters,
    long tombstones,
    long skips,
    long checkpoints,
    int restarts,
    @Nullable Throwable failure) {

  long inputs() {
    return records + deadLetters + tombstones + skips;
  }

  /** One line of figures. */
  String line(double inputsPerSecond) {
    return String.format(
        Locale.ROOT,
        "%s  records %,d  dead letters %,d  tombstones %,d%s  (%,.0f/s)  checkpoints %,d  restarts %d",
        state.name().toLowerCase(Locale.ROOT),
        records,
        deadLetters,
        tombstones,
        skips == 0 ? "" : String.format(Locale.ROOT, "  skips %,d", skips),
        inputsPerSecond,
        checkpoints,
        restarts);
  }
}
