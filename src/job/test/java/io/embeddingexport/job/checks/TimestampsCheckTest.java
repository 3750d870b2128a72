package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Fixture.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimestampsCheckTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void stockTopicsShouldBeFine() throws Exception {
    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
  }

  @Test
  void anOutputThatRefusesOldTimestampsShouldBeAWarning() throws Exception {
    output(false, HOUR, HOUR);

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("records", "older than 3600000 ms", "message.timestamp.before.max.ms=");
  }

  @Test
  void anOutputThatRefusesNewTimestampsWhichTheInputTakesShouldBeAWarning() throws Exception {
    output(false, Long.MAX_VALUE, HOUR - 1);

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("message.timestamp.after.max.ms=3600000");
  }

  @Test
  void anInputWithTheBrokersTimestampsShouldHaveNoneAhead() throws Exception {
    job.put("events", TopicRole.INPUT, Fixture.withTimestamps(true, Long.MAX_VALUE, HOUR));
    output(false, Long.MAX_VALUE, 1);

    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
  }

  @Test
  void anOutputThatSetsTimestampsItselfShouldRefuseNone() throws Exception {
    output(true, 1, 1);

    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
  }

  private void output(boolean appendTime, long oldest, long newest) {
    job.put("records", TopicRole.RECORDS, Fixture.withTimestamps(appendTime, oldest, newest));
  }

  private List<Finding> findings() throws Exception {
    return new TimestampsCheck().evaluate(job.context(), job.topics());
  }
}
