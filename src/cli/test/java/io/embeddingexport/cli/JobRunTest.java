package io.embeddingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.local.JobProgress;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobRunTest {
  private final Configuration flink = new Configuration();

  @BeforeEach
  void checkpointsHaveADirectory() {
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "s3://bucket/checkpoints/");
  }

  @Test
  void givenAJobThatRestartedWhenItFinishesThenItHasNotFailed() {
    IllegalStateException first = new IllegalStateException("broker gone");

    assertThat(JobRun.failure(new JobProgress(JobStatus.FINISHED, true, 3, 2, first), Map.of()))
        .isNull();
    assertThat(JobRun.failure(new JobProgress(JobStatus.FAILED, false, 3, 2, first), Map.of()))
        .contains("the job failed: ", "broker gone");
    assertThat(JobRun.failure(new JobProgress(JobStatus.CANCELED, false, 3, 0, null), Map.of()))
        .isEqualTo("the job was canceled");
  }

  @Test
  void theSavepointOfAStopGoesWhereSavepointsDo() {
    flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "s3://bucket/savepoints");
    assertThat(JobRun.savepoints(flink)).isEqualTo("s3://bucket/savepoints");

    flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "file:///var/savepoints");
    assertThat(JobRun.savepoints(flink)).isEqualTo("file:///var/savepoints");

    flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "relative");
    assertThat(JobRun.savepoints(flink))
        .isEqualTo("file://" + Path.of("relative").toAbsolutePath());
  }

  @Test
  void elseItGoesBesideTheCheckpoints() {
    assertThat(JobRun.savepoints(flink)).isEqualTo("s3://bucket/checkpoints/savepoints");
  }

  @Test
  void withoutEitherItIsNotKept() {
    assertThat(JobRun.savepoints(new Configuration())).isNull();
  }
}
