package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Waits for what the REST API says of the job. Processes that end by themselves meanwhile are
 * started again; so none may be down on purpose.
 */
record JobWatch(Stage stage) {
  /** For a job to start, or to fail: slots, recovery and a restart or two. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String REFUSAL = "StartRefusedException: ";

  private static final Duration POLL = Duration.ofMillis(250);

  /**
   * @param what is waited for, for the message if it does not come
   */
  Status await(String what, Predicate<Status> condition) {
    return await(what, () -> stage.cluster().job().status(), condition);
  }

  /** The same of any submission. */
  Status awaitOf(String id, String what, Predicate<Status> condition) {
    return await(what, () -> stage.cluster().job().status(id), condition);
  }

  private Status await(
      String what, Supplier<Optional<Status>> status, Predicate<Status> condition) {
    try {
      return Awaitility.await(what)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> look(status, condition), Optional::isPresent)
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new FaultException(
          "waited "
              + PATIENCE.toSeconds()
              + " s, and not this: "
              + what
              + "; the job is "
              + status.get());
    }
  }

  private Optional<Status> look(Supplier<Optional<Status>> status, Predicate<Status> condition) {
    List<String> started = Caretaker.startEnded(stage.cluster());
    if (!started.isEmpty()) {
      stage.say("had ended, and are started again: " + started);
    }
    return status.get().filter(condition);
  }

  /** Running, and able to complete a checkpoint since it was submitted or taken over. */
  Status awaitWorking(String what) {
    return await(what, JobWatch::works);
  }

  static boolean works(Status status) {
    return status.running() && status.completedCheckpoints() > 0 && status.lastCheckpoint() != null;
  }

  /**
   * Working, and so many checkpoints further than in a status of before, whose count a JobManager
   * that takes over begins anew.
   */
  static boolean isFurther(Status now, Status before, int checkpoints) {
    long completed = now.completedCheckpoints();
    return works(now)
        && (completed >= before.completedCheckpoints() + checkpoints
            || (completed < before.completedCheckpoints() && completed >= checkpoints));
  }

  static boolean hasFailed(Status status) {
    return status.state().equals("FAILED");
  }

  /** The first line of a refusal, or of any other failure. */
  static String reason(Status failed) {
    String trace = String.valueOf(failed.failure());
    return trace
        .lines()
        .filter(line -> line.contains(REFUSAL))
        .findFirst()
        .or(() -> trace.lines().findFirst())
        .orElse(trace);
  }
}
