package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A job of which is noted what is done with it. */
final class ObservedJob implements SubmittedJob {
  private final SubmittedJob job;
  private final JobTally tally = new JobTally();
  private final AtomicInteger submissions = new AtomicInteger();

  ObservedJob(SubmittedJob job) {
    this.job = job;
  }

  JobTally tally() {
    return tally;
  }

  int submissions() {
    return submissions.get();
  }

  @Override
  public void start(int parallelism) {
    submissions.incrementAndGet();
    job.start(parallelism);
  }

  @Override
  public void restore(String snapshot, int parallelism) {
    submissions.incrementAndGet();
    job.restore(snapshot, parallelism);
  }

  @Override
  public String savepoint() {
    return job.savepoint();
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
  public Optional<Status> status() {
    Optional<Status> status = job.status();
    status.ifPresent(tally::add);
    return status;
  }

  @Override
  public Optional<Status> status(String id) {
    return job.status(id);
  }
}
