package io.embeddingexport.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end before its job runs does so, and says so. */
class InterruptedStartIT {

  /** Nobody listens on port 1, so the start waits for an answer. */
  @Test
  void givenAStartThatWaitsForTheBrokersWhenItIsTerminatedThenItEndsAtOnceWithOneSentence(
      @TempDir Path directory) throws Exception {
    List<String> backfill =
        List.of(
            "backfill",
            "--config",
            "etc/embedding-export.yaml",
            "--set",
            "kafka.bootstrap-servers=127.0.0.1:1",
            "--from",
            "earliest",
            "--until",
            "offset:*=5");
    try (JavaProcess process = CommandProcess.start("backfill", directory, backfill)) {
      await().atMost(Duration.ofMinutes(1)).until(() -> process.output().contains("from earliest"));
      long nanos = System.nanoTime();

      assertThat(process.end()).isEqualTo(143);

      assertThat(Duration.ofNanos(System.nanoTime() - nanos)).isLessThan(Duration.ofSeconds(5));
      assertThat(process.output().lines().skip(1))
          .singleElement()
          .asString()
          .startsWith("stopped before the job ran");
    }
  }
}
