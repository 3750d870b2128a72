package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelismCheckTest {
  @TempDir Path directory;

  @Test
  void moreSlotsThanPartitionsShouldBeAWarning() throws Exception {
    assertThat(finding("2").level()).isEqualTo(Level.OK);
    assertThat(finding("5"))
        .returns(Level.WARNING, Finding::level)
        .returns("5 slots for 2 input partitions: 3 would be idle", Finding::text);
  }

  @Test
  void anInputThatIsNotSeenShouldBeSkipped() throws Exception {
    Fixture job = new Fixture(directory);
    job.miss("events");

    assertThat(new ParallelismCheck().evaluate(job.context(), job.topics()))
        .singleElement()
        .returns(Level.SKIPPED, Finding::level);
  }

  private Finding finding(String slots) throws Exception {
    Fixture job = new Fixture(directory);
    job.options.setString("flink.parallelism.default", slots);
    return new ParallelismCheck().evaluate(job.context(), job.topics()).get(0);
  }
}
