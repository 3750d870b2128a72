package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointingCheckTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void theJobsDefaultShouldBeFine() throws Exception {
    assertThat(finding()).returns(Level.OK, Finding::level).returns("every 10 s", Finding::text);
  }

  @Test
  void exactlyOnceWithoutCheckpointsShouldBeAnErrorUnlessTheRunEnds() throws Exception {
    job.options.setString("flink.execution.checkpointing.interval", "0 s");
    assertThat(finding().level()).isEqualTo(Level.ERROR);

    job.options.setString("input.until", "latest");
    assertThat(finding().level()).isEqualTo(Level.WARNING);
  }

  private Finding finding() throws Exception {
    return new CheckpointingCheck().run(job.context(), Duration.ZERO).get(0);
  }
}
