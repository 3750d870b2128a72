package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Fixture.STOCK_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageSizesCheckTest {
  /**
   * Record size under the fixture's key config, by hand: one float tensor of rank 1 and 4 elements.
   */
  private static final int RECORD_BYTES = 3 + 6 + 8 + 3 + 7 + 7 + 16 + 8 + 8 + 2 + 1;

  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void givenRoomForAllThenTheLargestRecordShouldBeTold() throws Exception {
    assertThat(findings())
        .singleElement()
        .returns(Level.OK, Finding::level)
        .asString()
        .contains("records of up to " + RECORD_BYTES + " bytes", "1114124");
  }

  @Test
  void aDeadLetterTopicThatTakesLessShouldBeAnErrorWithTheRemedy() throws Exception {
    job.put("dead-letters", TopicRole.DEAD_LETTERS, Fixture.withBytes(STOCK_BYTES + 65_535));

    assertThat(findings())
        .singleElement()
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("--entity-name dead-letters --add-config max.message.bytes=1114124");
  }

  @Test
  void deadLettersShouldHaveRoomForTheLargestKeyConfigToo() throws Exception {
    job.put("configs", TopicRole.KEY_CONFIGS, Fixture.withBytes(STOCK_BYTES + 1));

    assertThat(findings()).singleElement().asString().contains("max.message.bytes=1114125");
  }

  @Test
  void aRequestSizeBelowTheLargestDeadLetterShouldBeAnError() throws Exception {
    job.options.setString("kafka.sink.max.request.size", "1048576");

    assertThat(findings())
        .singleElement()
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("max.request.size = 1048576");
  }

  @Test
  void anOutputTopicThatTakesNoRecordOfAModelShouldBeAnError() throws Exception {
    job.put("records", TopicRole.RECORDS, Fixture.withBytes(RECORD_BYTES + 4096 - 1));

    assertThat(findings())
        .singleElement()
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("model 'user'", "max.message.bytes=" + (RECORD_BYTES + 4096));
  }

  @Test
  void recordsOfOpenShapesHaveNoSizeThatCouldBeTooLarge() throws Exception {
    Files.writeString(
        directory.resolve("keys.yaml"),
        """
        model: user
        version: 1
        keys: [{name: e, key: 42, dtype: FLOAT, shape: [-1]}]
        """);
    job.put("records", TopicRole.RECORDS, Fixture.withBytes(1000));

    assertThat(findings())
        .noneSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.ERROR))
        .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("-1"));
  }

  @Test
  void anOutputTopicThatTakesLessThanRecordMaxBytesShouldBeAWarning() throws Exception {
    job.put("records", TopicRole.RECORDS, Fixture.withBytes(1_000_000 + 4096));
    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);

    job.put("records", TopicRole.RECORDS, Fixture.withBytes(1_000_000 + 4095));

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .returns(
            "set record.max-bytes to 999999 or less: larger records become dead letters",
            Finding::remedy);
  }

  @Test
  void whatCannotBeSeenShouldNotBeCompared() throws Exception {
    job.put("events", TopicRole.INPUT, null);
    job.put("records", TopicRole.RECORDS, null);
    job.put("dead-letters", TopicRole.DEAD_LETTERS, Fixture.withBytes(1));

    assertThat(findings()).allSatisfy(f -> assertThat(f.level()).isEqualTo(Level.OK));
  }

  private List<Finding> findings() throws Exception {
    return new MessageSizesCheck().evaluate(job.context(), job.topics());
  }
}
