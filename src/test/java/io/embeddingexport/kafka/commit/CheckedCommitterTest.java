package io.embeddingexport.kafka.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.kafka.commit.CheckedCommitter.OpenFates;
import io.embeddingexport.kafka.commit.TransactionFate.Aborted;
import io.embeddingexport.kafka.commit.TransactionFate.Committed;
import io.embeddingexport.kafka.commit.TransactionFate.Open;
import io.embeddingexport.kafka.commit.TransactionFate.Unanswered;
import io.embeddingexport.kafka.commit.TransactionFate.Unknown;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class CheckedCommitterTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final Map<String, TransactionFate> fates = new HashMap<>();
  private final Map<String, RuntimeException> refusals = new HashMap<>();
  private final List<String> tried = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> aborted = new ArrayList<>();
  private final RestoredTransactions restored = new RestoredTransactions();
  private int opened;

  @Test
  void givenATransactionCommittedBeforeThenItIsNotCommittedAgain() throws Exception {
    fates.put("a", Committed.INSTANCE);

    RecordedRequest request = request("a", 0);
    commit(CommitFailure.FAIL, false, request);

    assertThat(tried).isEmpty();
    assertThat(request.said).containsExactly("already committed");
    assertThat(opened).as("clients not closed").isZero();
  }

  @Test
  void givenAnOpenOneThenItIsCommitted() throws Exception {
    fates.put("a", Open.INSTANCE);

    RecordedRequest request = request("a", TIMEOUT.toMillis() * 5);
    commit(CommitFailure.FAIL, false, request);

    assertThat(tried).containsExactly("a");
    assertThat(request.said).isEmpty();
  }

  @Test
  void givenOneThatWasAbortedThenTheJobFailsForGoodAndEveryOtherIsCommitted() {
    fates.put("a", new Aborted("CompleteAbort"));
    fates.put("b", Open.INSTANCE);

    assertThatThrownBy(() -> commit(CommitFailure.FAIL, false, request("a", 0), request("b", 0)))
        .isInstanceOf(LostCommitException.class)
        .hasMessageContaining("1 transaction was not committed. What it held is lost:")
        .hasMessageContaining("aborted: CompleteAbort")
        .hasMessageContaining("events partition 0 offsets 10 to 19 (9 messages)")
        .hasMessageContaining("--from offset:events:0=10,*=0 --until offset:events:0=20,*=0")
        .satisfies(
            e ->
                assertThat(ThrowableClassifier.getThrowableType(e))
                    .isEqualTo(ThrowableType.NonRecoverableError));
    assertThat(tried).containsExactly("b");
  }

  @Test
  void givenNothingTellsThenAYoungOneIsTriedAndAnOldOneIsNot() throws Exception {
    fates.put("a", new Unknown("no permission"));
    commit(CommitFailure.FAIL, false, request("a", TIMEOUT.toMillis() - 60_000));
    assertThat(tried).containsExactly("a");

    assertThatThrownBy(
            () -> commit(CommitFailure.FAIL, false, request("a", TIMEOUT.toMillis() + 60_000)))
        .isInstanceOf(LostCommitException.class)
        .hasMessageContaining("lost, or nothing tells whether it is")
        .hasMessageContaining("unknown: no permission");
    assertThat(tried).containsExactly("a");
  }

  /** The TaskManager's clock may be behind that of the one that took the checkpoint. */
  @Test
  void givenASnapshotOfTheFutureThenItIsYoung() throws Exception {
    fates.put("a", new Unknown("no permission"));
    commit(CommitFailure.FAIL, false, request("a", -60_000));
    assertThat(tried).containsExactly("a");
  }

  @Test
  void givenARefusedCommitThenTheLossNamesTheRefusalToo() {
    for (RuntimeException refusal :
        List.of(
            new ProducerFencedException("fenced"), new InvalidPidMappingException("forgotten"))) {
      refusals.put("a", refusal);
      fates.put("a", new Unknown("silence"));
      assertThatThrownBy(() -> commit(CommitFailure.FAIL, false, request("a", 0)))
          .isInstanceOf(LostCommitException.class)
          .hasMessageContaining("unknown: silence; the commit: ")
          .hasMessageContaining(refusal.getMessage());
    }
  }

  /** A broker that is away must not end a job that could go on in a minute. */
  @Test
  void givenNobodyAnswersThenTheJobIsRestartedAndAsksAgain() {
    fates.put("a", new Unanswered("no coordinator answers within 20 s"));

    assertThatThrownBy(() -> commit(CommitFailure.FAIL, false, request("a", 0)))
        .hasMessageContaining("transaction a was committed")
        .hasMessageContaining("no coordinator answers within 20 s")
        .satisfies(CheckedCommitterTest::requireRestart);
    assertThat(tried).isEmpty();
    assertThat(opened).as("clients not closed").isZero();
  }

  @Test
  void givenAFailureThatSaysNothingOfTheTransactionThenTheJobIsRestarted() {
    refusals.put("a", new TopicAuthorizationException("records"));
    fates.put("a", Open.INSTANCE);

    assertThatThrownBy(() -> commit(CommitFailure.ALARM, true, request("a", 0)))
        .hasMessageContaining("transaction a could not be committed; the next restart tries again")
        .hasRootCauseInstanceOf(TopicAuthorizationException.class)
        .satisfies(CheckedCommitterTest::requireRestart);
  }

  /**
   * Asked twice, Flink's producer would answer for the next transaction with what becomes of this
   * one.
   */
  @Test
  void givenACommitThatIsNotAnsweredInTimeThenTheJobIsRestartedAndNoOtherIsTried() {
    refusals.put("a", new TimeoutException("60000ms"));
    fates.put("a", Open.INSTANCE);
    fates.put("b", Open.INSTANCE);

    assertThatThrownBy(() -> commit(CommitFailure.FAIL, false, request("a", 0), request("b", 0)))
        .hasMessageContaining("whether transaction a is committed; the next restart asks")
        .satisfies(CheckedCommitterTest::requireRestart);
    assertThat(tried).containsExactly("a");
  }

  /** A checkpoint that failed leaves its transactions to the next, and Flink asks for its first. */
  @Test
  void givenTransactionsOfTwoCheckpointsThenALossInTheFirstDoesNotHideTheSecond() throws Exception {
    fates.put("a", new Aborted("CompleteAbort"));
    fates.put("b", new Aborted("CompleteAbort too"));
    fates.put("c", Open.INSTANCE);
    RecordedRequest first = request("a", 0);

    assertThatThrownBy(
            () -> {
              try (CheckedCommitter committer = committer(CommitFailure.FAIL, false)) {
                read(first, request("b", 0), request("c", 0));
                committer.commit(List.of(first));
              }
            })
        .isInstanceOf(LostCommitException.class)
        .hasMessageContaining("2 transactions were not committed.")
        .hasMessageContaining("aborted: CompleteAbort\n")
        .hasMessageContaining("aborted: CompleteAbort too");
    assertThat(tried).containsExactly("c");
  }

  @Test
  void givenTransactionsOfTwoCheckpointsThenEachIsDecidedOnceAndToldWhenFlinkAsks()
      throws Exception {
    fates.put("a", Committed.INSTANCE);
    fates.put("b", new Aborted("CompleteAbort"));
    fates.put("c", Open.INSTANCE);
    RecordedRequest first = request("a", 0);
    RecordedRequest second = request("b", 0);
    RecordedRequest third = request("c", 0);

    try (CheckedCommitter committer = committer(CommitFailure.ALARM, false)) {
      read(first, second, third);
      committer.commit(List.of(first));
      assertThat(first.said).containsExactly("already committed");
      committer.commit(List.of(second, third));
    }

    assertThat(second.said).containsExactly("failed: CompleteAbort");
    assertThat(third.said).isEmpty();
    assertThat(tried).containsExactly("c");
    assertThat(asked).containsExactly("a", "b", "c");
  }

  /** Chaos seed 12: what was lost was written again behind what had followed on it. */
  @Test
  void givenALossThenWhatComesBehindItIsAbortedAndNamedSoThatTheOrderIsKept() {
    fates.put("job.-0-5", new Aborted("CompleteAbort"));
    fates.put("job.-1-6", Open.INSTANCE);
    fates.put("job.-2-6", Open.INSTANCE);
    fates.put("job.-3-4", Open.INSTANCE);

    assertThatThrownBy(
            () ->
                commit(
                    CommitFailure.FAIL,
                    false,
                    request("job.-1-6", new SourceRange("events", 0, 20, 29, 10)),
                    request("job.-2-6", new SourceRange("events", 1, 20, 29, 10)),
                    request("job.-0-5", new SourceRange("events", 0, 10, 19, 10)),
                    request("job.-3-4", new SourceRange("events", 0, 0, 9, 10))))
        .isInstanceOf(LostCommitException.class)
        .hasMessageContaining("2 transactions were not committed.")
        .hasMessageContaining("job.-0-5, ")
        .hasMessageContaining("job.-1-6, ")
        .hasMessageContaining("written again after events partition 0 offset 10, which is lost")
        .hasMessageContaining("--from offset:events:0=10,*=0 --until offset:events:0=30,*=0");
    assertThat(aborted).containsExactly("job.-1-6");
    assertThat(tried).containsExactly("job.-3-4", "job.-2-6");
  }

  @Test
  void givenARefusedCommitThatIsLossThenWhatComesBehindItIsAborted() {
    fates.put("job.-0-5", new Unknown("silence"));
    refusals.put("job.-0-5", new ProducerFencedException("fenced"));
    fates.put("job.-0-6", Open.INSTANCE);

    assertThatThrownBy(() -> commitTwoInARow(false)).isInstanceOf(LostCommitException.class);
    assertThat(tried).containsExactly("job.-0-5");
    assertThat(aborted).containsExactly("job.-0-6");
  }

  /** It may have been committed, and its id may be another job's now. */
  @Test
  void givenALossAndNothingTellsOfWhatComesBehindItThenItIsLeftAloneAndNamedAsUnknown() {
    fates.put("job.-0-5", new Aborted("CompleteAbort"));
    fates.put("job.-0-6", new Unknown("silence"));

    assertThatThrownBy(() -> commitTwoInARow(false))
        .isInstanceOf(LostCommitException.class)
        .hasMessageContaining("lost, or nothing tells whether it is")
        .hasMessageContaining("unknown: silence; it was not tried, because it comes after events")
        .hasMessageContaining("--from offset:events:0=10,*=0 --until offset:events:0=30,*=0");
    assertThat(tried).isEmpty();
    assertThat(aborted).isEmpty();
  }

  @Test
  void givenALossThatIsAcceptedThenWhatComesBehindItIsCommitted() throws Exception {
    fates.put("job.-0-5", new Aborted("CompleteAbort"));
    fates.put("job.-0-6", Open.INSTANCE);

    commitTwoInARow(true);
    assertThat(tried).containsExactly("job.-0-6");
    assertThat(aborted).isEmpty();
  }

  @Test
  void givenAlarmsThenTheJobGoesOn() throws Exception {
    fates.put("a", new Aborted("CompleteAbort"));

    RecordedRequest request = request("a", 0);
    commit(CommitFailure.ALARM, false, request);

    assertThat(request.said).containsExactly("failed: CompleteAbort");
  }

  @Test
  void givenLossIsAcceptedThenTheJobGoesOnWithRestoredOnes() {
    fates.put("a", new Aborted("CompleteAbort"));

    assertThatCode(() -> commit(CommitFailure.FAIL, true, request("a", 0)))
        .doesNotThrowAnyException();
  }

  @Test
  void givenNothingToCommitThenNobodyIsAsked() throws Exception {
    commit(CommitFailure.FAIL, false);
    assertThat(asked).isEmpty();
  }

  /** Of two checkpoints: the second holds what comes behind the first. */
  private void commitTwoInARow(boolean acceptLoss) throws Exception {
    commit(
        CommitFailure.FAIL,
        acceptLoss,
        request("job.-0-5", new SourceRange("events", 0, 10, 19, 10)),
        request("job.-0-6", new SourceRange("events", 0, 20, 29, 10)));
  }

  private void commit(CommitFailure onFailure, boolean acceptLoss, RecordedRequest... requests)
      throws Exception {
    try (CheckedCommitter committer = committer(onFailure, acceptLoss)) {
      committer.commit(List.of(requests));
    }
  }

  private CheckedCommitter committer(CommitFailure onFailure, boolean acceptLoss) {
    CommitSettings settings =
        new CommitSettings(onFailure, acceptLoss, false, TIMEOUT, "job.", Map.of());
    return new CheckedCommitter(
        new Brokers(),
        settings,
        new CommitMetrics(new UnregisteredMetricsGroup()),
        new LossReport(settings, 0, 1),
        restored,
        () -> {
          opened++;
          return new Answers();
        });
  }

  /** As Flink does with the committer's state. */
  private void read(RecordedRequest... requests) throws IOException {
    restored.begin();
    for (RecordedRequest request : requests) {
      restored.noting(new OneTransaction(request.getCommittable())).deserialize(1, new byte[0]);
    }
  }

  private static void requireRestart(Throwable e) {
    assertThat(ThrowableClassifier.getThrowableType(e)).isEqualTo(ThrowableType.RecoverableError);
  }

  private static RecordedRequest request(String id, long ageMillis) {
    return new RecordedRequest(Transactions.restored(id, System.currentTimeMillis() - ageMillis));
  }

  private static RecordedRequest request(String id, SourceRange range) {
    return new RecordedRequest(Transactions.restored(id, System.currentTimeMillis(), range));
  }

  private final class Answers implements OpenFates {
    @Override
    public void abort(PreparedTransaction transaction) {
      aborted.add(transaction.kafka().getTransactionalId());
    }

    @Override
    public TransactionFate of(PreparedTransaction transaction) {
      String id = transaction.kafka().getTransactionalId();
      asked.add(id);
      return fates.get(id);
    }

    @Override
    public void close() {
      opened--;
    }
  }

  /** Does what Flink's committer does with each kind of failure. */
  private final class Brokers implements Committer<KafkaCommittable> {
    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) {
      for (CommitRequest<KafkaCommittable> request : requests) {
        String id = request.getCommittable().getTransactionalId();
        tried.add(id);
        RuntimeException refusal = refusals.get(id);
        if (refusal instanceof TimeoutException) {
          request.retryLater();
        } else if (refusal instanceof ProducerFencedException) {
          request.signalFailedWithKnownReason(refusal);
        } else if (refusal != null) {
          request.signalFailedWithUnknownReason(refusal);
        }
      }
    }

    @Override
    public void close() {}
  }
}
