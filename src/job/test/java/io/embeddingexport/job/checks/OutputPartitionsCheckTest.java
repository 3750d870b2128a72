package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPartitionsCheckTest {
  private Fixture job;

  @BeforeEach
  void define(@TempDir Path directory) throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void withAsInputAnOutputTopicOfFewerPartitionsIsAnError() throws Exception {
    job.options.setString("output.partitions", "as-input");
    job.partitions("events", 4);

    assertThat(findings())
        .singleElement()
        .returns(Level.ERROR, Finding::level)
        .returns(
            "output topic records has 2 partitions, but an input topic has 4, with"
                + " output.partitions = as-input",
            Finding::text)
        .returns(
            "add partitions: kafka-topics.sh --bootstrap-server localhost:9092 --alter --topic records"
                + " --partitions 4",
            Finding::remedy);

    job.partitions("records", 5);
    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
  }

  @Test
  void byKeyAnyNumberWillDoAndEqualOnesAreAChance() throws Exception {
    assertThat(findings().get(0).text()).contains("output.partitions: as-input is possible");

    job.partitions("records", 5);
    assertThat(findings())
        .singleElement()
        .returns(Level.OK, Finding::level)
        .returns("records are partitioned by key", Finding::text);
  }

  @Test
  void topicsThatAreNotSeenAreSkipped() throws Exception {
    job.miss("records");

    assertThat(findings()).singleElement().returns(Level.SKIPPED, Finding::level);
  }

  private List<Finding> findings() throws Exception {
    return new OutputPartitionsCheck().evaluate(job.context(), job.topics());
  }
}
