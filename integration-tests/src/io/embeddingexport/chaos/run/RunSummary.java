package io.embeddingexport.chaos.run;

import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param started in ISO format
 * @param guarantee {@code output.delivery-guarantee}
 * @param rate inputs a second that were aimed at
 * @param inputs how many stand in the input topic
 * @param refusals dead letters of key configs
 * @param configVersions how many versions of key configs were published
 * @param restarts of the job's tasks, as far as they were seen
 * @param checkpoints completed, likewise
 * @param submissions of the job
 * @param transactionalIds of the job that the brokers know at the end
 * @param leftOut classes of fault that did not come, and why
 * @param anomalies how many of each kind
 * @param first anomalies
 * @param failures of the system or of the run itself
 */
record RunSummary(
    long seed,
    String started,
    double minutes,
    String machine,
    String guarantee,
    int rate,
    long inputs,
    long records,
    long tombstones,
    long letters,
    long refusals,
    long configVersions,
    long restarts,
    long checkpoints,
    int submissions,
    int transactionalIds,
    Map<String, String> leftOut,
    Map<String, Long> anomalies,
    List<String> first,
    List<String> failures) {

  boolean isClean() {
    return anomalies.isEmpty() && failures.isEmpty();
  }

  /** What a run without transactions must show: doubled messages, and none lost. */
  boolean isControlPassed() {
    return failures.isEmpty()
        && anomalies.containsKey("DUPLICATE")
        && !anomalies.containsKey("LOST");
  }
}
