package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A job of which is noted what is done with it. */
final class ObservedJob implements SubmittedJob {
  private final SubmittedJob job;
  private final Runnable anotherJob;
  private final JobTally tally = new JobTally();
  private final AtomicInteger submissions = new AtomicInteger();
  private final AtomicInteger replays = new AtomicInteger();
  private final AtomicInteger replaysDone = new AtomicInteger();

  /**
   * @param anotherJob called before a job runs that has not the state of this one
   */
  ObservedJob(SubmittedJob job, Runnable anotherJob) {
    this.job = job;
    this.anotherJob = anotherJob;
  }

  JobTally tally() {
    return tally;
  }

  int submissions() {
    return submissions.get();
  }

  /** Losses for which the replay was started that the job's failure asks for. */
  int replays() {
    return replays.get();
  }

  /** How many of these came to their end. */
  int replaysDone() {
    return replaysDone.get();
  }

  @Override
  public void start(int parallelism) {
    submissions.incrementAndGet();
    job.start(parallelism);
  }

  @Override
  public void restore(String snapshot, int parallelism, Map<String, String> set) {
    submissions.incrementAndGet();
    job.restore(snapshot, parallelism, set);
  }

  @Override
  public String stopWithSavepoint() {
    return job.stopWithSavepoint();
  }

  @Override
  public void cancel() {
    job.cancel();
  }

  @Override
  public String runToEnd(Map<String, String> set) {
    anotherJob.run();
    replays.incrementAndGet();
    String printed = job.runToEnd(set);
    replaysDone.incrementAndGet();
    return printed;
  }

  @Override
  public Optional<Status> status() {
    Optional<Status> status = job.status();
    status.ifPresent(tally::add);
    return status;
  }
}
