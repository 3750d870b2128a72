package io.embeddingexport.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import io.embeddingexport.flink.ThreadLeakCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The processes that chaos runs are made of, wherever tests run: mostly on loopback. */
@ExtendWith(ThreadLeakCheck.class)
class ClusterProcessesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path home;

  @Test
  void givenTheLeadingJobManagerIsKilledThenTheOtherGoesOnAndAStopOutlastsARestart()
      throws Exception {
    // The broker that tests share may run already.
    Set<Long> before = children();
    try (ProcessCluster cluster = ProcessCluster.start(TrialJob.plan(home, 1, 2))) {
      TrialJob.createTopics(cluster);
      TrialJob.sendGarbage(cluster);
      SubmittedJob job = cluster.job();
      job.start(2);
      awaitRunning(job);

      ClusterNode leader = cluster.leadingJobManager();
      leader.kill();
      assertThat(leader.isRunning()).isFalse();
      leader.start();
      assertThat(cluster.leadingJobManager()).isNotEqualTo(leader);
      awaitRunning(job);

      // Flink refuses a savepoint until the tasks run again.
      ClusterNode tasks = cluster.taskManagers().get(0);
      tasks.kill();
      tasks.start();
      String savepoint = job.stopWithSavepoint();
      job.restore(savepoint, 1);
      assertThat(awaitRunning(job).failure()).isNull();
      job.cancel();
      assertThat(job.status().map(Status::state)).contains("CANCELED");
    }
    assertThat(children()).isEqualTo(before);
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static Status awaitRunning(SubmittedJob job) {
    Predicate<Status> checkpoints = status -> status.running() && status.completedCheckpoints() > 1;
    return await("the job's checkpoints")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(job::status, status -> status.filter(checkpoints).isPresent())
        .orElseThrow();
  }
}
