package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicationCheckTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void threeReplicasOfWhichTwoMustHaveAWriteShouldBeFine() throws Exception {
    assertThat(findings())
        .singleElement()
        .returns(Level.OK, Finding::level)
        .returns(
            "events 3 (min.insync 2), records 3 (min.insync 2), dead-letters 3 (min.insync 2)",
            Finding::text);
  }

  @Test
  void topicsWithOneReplicaShouldBeOneWarning() throws Exception {
    job.replicas("events", TopicRole.INPUT, 1, 1);
    job.replicas("records", TopicRole.RECORDS, 1, 1);

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("events, records");
  }

  @Test
  void moreInsyncReplicasThanThereAreShouldBeAnError() throws Exception {
    job.replicas("records", TopicRole.RECORDS, 2, 3);

    assertThat(findings())
        .singleElement()
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("every write fails", "--entity-name records");
  }

  @Test
  void aTopicThatNeedsAllItsReplicasShouldBeAWarning() throws Exception {
    job.replicas("records", TopicRole.RECORDS, 3, 3);

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("one broker down", "min.insync.replicas=2");
  }

  @Test
  void aTopicThatNeedsOneOfItsReplicasShouldBeAWarning() throws Exception {
    job.replicas("__transaction_state", TopicRole.TRANSACTION_LOG, 3, 1);

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("__transaction_state", "one broker only");
  }

  @Test
  void fewerReplicasInSyncThanAWriteNeedsShouldBeAWarning() throws Exception {
    job.inSync("records", 2);
    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);

    job.inSync("records", 1);

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("output topic records", "1 in sync now");
  }

  @Test
  void aPartitionWithoutALeaderShouldBeAWarningOfInputsToo() throws Exception {
    job.inSync("events", 0);

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("input topic events has a partition without a leader");
  }

  @Test
  void whatAnInputNeedsForWritesShouldBeItsProducersBusiness() throws Exception {
    job.replicas("events", TopicRole.INPUT, 2, 3);

    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
  }

  @Test
  void aTransactionStateThatMayNotBeSeenShouldBeAWarning() throws Exception {
    job.hide("__transaction_state");

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("--operation Describe --topic __transaction_state");
  }

  private List<Finding> findings() throws Exception {
    return new ReplicationCheck().evaluate(job.context(), job.topics());
  }
}
