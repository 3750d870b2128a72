package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCheckTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void topicsThatAreThereShouldBeNamedWithTheirPartitions() throws Exception {
    assertThat(findings())
        .singleElement()
        .returns(Level.OK, Finding::level)
        .returns(
            "events (2 partitions), records (2 partitions), dead-letters (2 partitions)",
            Finding::text);
  }

  @Test
  void eachMissingTopicShouldBeAnErrorWithTheCommandThatCreatesIt() throws Exception {
    job.miss("records");
    job.miss("dead-letters");

    assertThat(findings()).hasSize(2).extracting(Finding::level).containsOnly(Level.ERROR);
    assertThat(findings())
        .extracting(Finding::remedy)
        .containsExactly(
            "create it: kafka-topics.sh --bootstrap-server localhost:9092 --create --topic records",
            "create it: kafka-topics.sh --bootstrap-server localhost:9092 --create --topic"
                + " dead-letters --config max.message.bytes=1114124");
  }

  @Test
  void aMissingKeyConfigTopicShouldBeCreatedCompacted() throws Exception {
    job.options.setString("key-config.topic", "configs");
    job.miss("configs");

    assertThat(findings())
        .singleElement()
        .extracting(Finding::remedy)
        .asString()
        .endsWith("--topic configs --partitions 1 --config cleanup.policy=compact");
  }

  @Test
  void topicsOfWhichNoneMayBeSeenShouldNotBeReportedAsMissing() throws Exception {
    job.hide("events");
    job.hide("records");
    job.hide("dead-letters");

    assertThat(findings()).singleElement().returns(Level.SKIPPED, Finding::level);
  }

  private List<Finding> findings() throws Exception {
    return new TopicsCheck().evaluate(job.context(), job.topics());
  }
}
