package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupPolicyCheckTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void aCompactedOutputShouldBeFine() throws Exception {
    job.put("records", TopicRole.RECORDS, Fixture.withPolicy("compact"));

    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
  }

  @Test
  void aCompactedDeadLetterTopicShouldBeAnError() throws Exception {
    job.put("dead-letters", TopicRole.DEAD_LETTERS, Fixture.withPolicy("compact"));

    assertThat(findings())
        .singleElement()
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("compacted", "--entity-name dead-letters --add-config cleanup.policy=delete");
  }

  @Test
  void aKeyConfigTopicThatDeletesShouldBeAnErrorWithTheRemedy() throws Exception {
    job.put("configs", TopicRole.KEY_CONFIGS, Fixture.withPolicy("compact"));
    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);

    for (String policy : List.of("delete", "compact,delete")) {
      job.put("configs", TopicRole.KEY_CONFIGS, Fixture.withPolicy(policy));
      assertThat(findings())
          .singleElement()
          .returns(Level.ERROR, Finding::level)
          .asString()
          .contains(
              "configs has cleanup.policy=" + policy,
              "--entity-name configs --add-config cleanup.policy=compact");
    }
  }

  @Test
  void whatMayNotBeSeenShouldBeSkipped() throws Exception {
    job.put("events", TopicRole.INPUT, null);
    job.put("records", TopicRole.RECORDS, null);
    job.put("dead-letters", TopicRole.DEAD_LETTERS, null);

    assertThat(findings()).singleElement().returns(Level.SKIPPED, Finding::level);
    assertThat(new TopicSettingsCheck().evaluate(job.context(), job.topics()))
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains(
            "--operation DescribeConfigs --topic events --topic records --topic dead-letters");
  }

  private List<Finding> findings() throws Exception {
    return new CleanupPolicyCheck().evaluate(job.context(), job.topics());
  }
}
