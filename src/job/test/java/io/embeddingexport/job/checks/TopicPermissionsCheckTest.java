package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicPermissionsCheckTest {
  private static final String ADD =
      "grant it: kafka-acls.sh --bootstrap-server localhost:9092 --add --allow-principal"
          + " User:PRINCIPAL --operation ";

  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void readOnInputsAndWriteOnOutputsShouldDo() throws Exception {
    job.allow("events", TopicRole.INPUT, AclOperation.READ, AclOperation.DESCRIBE);
    job.allow("records", TopicRole.RECORDS, AclOperation.WRITE, AclOperation.DESCRIBE);

    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
  }

  @Test
  void eachPermissionThatLacksShouldBeAnErrorWithTheCommandThatGrantsIt() throws Exception {
    job.allow("events", TopicRole.INPUT, AclOperation.WRITE, AclOperation.DESCRIBE);
    job.allow("records", TopicRole.RECORDS, AclOperation.READ, AclOperation.DESCRIBE);

    assertThat(findings()).hasSize(2).extracting(Finding::level).containsOnly(Level.ERROR);
    assertThat(findings())
        .extracting(Finding::remedy)
        .containsExactly(ADD + "Read --topic events", ADD + "Write --topic records");
  }

  @Test
  void aTopicThatMayNotEvenBeDescribedShouldLackItsPermission() throws Exception {
    job.hide("dead-letters");

    assertThat(findings())
        .singleElement()
        .returns(Level.ERROR, Finding::level)
        .returns(ADD + "Write --topic dead-letters", Finding::remedy);
  }

  @Test
  void whatTheBrokersDoNotTellShouldBeAWarning() throws Exception {
    job.put("events", TopicRole.INPUT, 3, null, Fixture.sound());

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .extracting(Finding::text)
        .asString()
        .contains("events");
  }

  private List<Finding> findings() throws Exception {
    return new TopicPermissionsCheck().evaluate(job.context(), job.topics());
  }
}
