package io.embeddingexport.chaos.run;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one fault was, and what came after.
 *
 * @param number from 1
 * @param minute of the run when it began
 * @param kind its class
 * @param what its particulars
 * @param millis how long it lasted
 * @param recoveryMillis from then on, until the system worked again; null if it did not
 * @param failure what it did that it must not; null if nothing
 * @param outputs records, tombstones and letters so far
 * @param anomalies so far
 */
record FaultLine(
    int number,
    double minute,
    String kind,
    String what,
    long millis,
    @Nullable Long recoveryMillis,
    @Nullable String failure,
    long outputs,
    long anomalies) {

  /** For whoever watches. */
  String line() {
    return String.format(
        Locale.ROOT,
        "#%d: took %.1f s, %s; %,d outputs, %d anomalies%s",
        number,
        millis / 1000.0,
        recoveryMillis == null
            ? "NOT RECOVERED"
            : String.format(Locale.ROOT, "recovered in %.1f s", recoveryMillis / 1000.0),
        outputs,
        anomalies,
        failure == null ? "" : "\n    FAILURE: " + failure);
  }
}
