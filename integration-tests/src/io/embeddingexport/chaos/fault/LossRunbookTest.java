package io.embeddingexport.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossRunbookTest {
  private static final String LOSS =
      """
      LostCommitException: 1 transaction was not committed. What it held is lost:
          events partition %d offsets 1 to 2 (2 messages)
      To write it again: bin/embedding-export run --config FILE --from offset:events:%d=1,*=0 --until offset:events:%d=3,*=0
      %s
      docs/guarantees.md, 'When a commit is lost', has all of it.
      """;

  private static final String OF_ALL = LOSS.formatted(0, 0, 0, "");
  private static final String OF_ONE =
      LOSS.formatted(1, 1, 1, "This is what instance 2 of 2 found.");

  @TempDir private Path directory;

  @Test
  void givenALossWhenSettledThenItIsWrittenAgainBeforeTheJobGoesOn() {
    FakeCluster cluster = new FakeCluster(true, directory);
    FakeJob job = cluster.job;
    assertThat(job.status()).isPresent(); // a first checkpoint, which is there from now on
    job.statuses.add(status("job-1", "RESTARTING", null));
    job.statuses.add(status("job-1", "FAILED", OF_ONE));
    job.statuses.add(status("job-1", "FAILED", OF_ONE));
    job.statuses.add(status("job-2", "FAILED", OF_ALL));

    new LossRunbook(cluster.stage(time -> {}), 3)
        .settle(JobWatch::works, directory.resolve("chk-1").toString(), true);

    assertThat(cluster.calls)
        .containsExactly(
            "restore 1 {}",
            "run {input.from=offset:events:0=1,*=0, input.until=offset:events:0=3,*=0}",
            "restore 3 {restore.accept-loss=true}",
            "stop",
            "restore 3 {}");
  }

  @Test
  void givenNoLossWhenTheJobWorksThenNothingIsDone() {
    FakeCluster cluster = new FakeCluster(true, directory);
    new LossRunbook(cluster.stage(time -> {}), 3).settle(JobWatch::works, null, false);
    assertThat(cluster.calls).isEmpty();
  }

  @Test
  void givenACertainLossWhenTheJobWorksThenThatIsWrong() {
    FakeCluster cluster = new FakeCluster(true, directory);
    LossRunbook runbook = new LossRunbook(cluster.stage(time -> {}), 3);
    assertThatThrownBy(() -> runbook.settle(JobWatch::works, "chk-1", true))
        .isInstanceOf(FaultException.class)
        .hasMessageContaining("were aborted, and the job goes on");
  }

  @Test
  void givenAnotherFailureThenThatIsWrong() {
    FakeCluster cluster = new FakeCluster(true, directory);
    cluster.job.statuses.add(status("job-1", "FAILED", "no such class"));
    LossRunbook runbook = new LossRunbook(cluster.stage(time -> {}), 3);
    assertThatThrownBy(() -> runbook.settle(JobWatch::works, "chk-1", false))
        .hasMessageContaining("no such class");
  }

  private Status status(String id, String state, String failure) {
    String checkpoint = directory.resolve("chk-1").toString();
    return new Status(id, state, false, 0, 1, checkpoint, failure);
  }
}
