package io.embeddingexport.kafka.commit;

import io.embeddingexport.kafka.commit.CommitOutcome.Done;
import io.embeddingexport.kafka.commit.CommitOutcome.Lost;
import io.embeddingexport.kafka.commit.CommitOutcome.Repeated;
import io.embeddingexport.kafka.commit.TransactionFate.Aborted;
import io.embeddingexport.kafka.commit.TransactionFate.Committed;
import io.embeddingexport.kafka.commit.TransactionFate.Open;
import io.embeddingexport.kafka.commit.TransactionFate.Unanswered;
import io.embeddingexport.kafka.commit.TransactionFate.Unknown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's committer, which also finds out what a refused commit means.
 *
 * <p>A transaction of a restored checkpoint was mostly committed before the failure, so it is asked
 * after first; a commit is tried only if it is open, or if nothing tells and it is young enough.
 * One of this attempt is committed, and asked after if that is refused. All are tried, of all
 * checkpoints that were restored, before any loss fails the job, whose failure names all that is
 * lost.
 *
 * <p>Each that can be committed is; but not one that comes behind what is lost and is to be written
 * again: records of a key would be out of order then. It is aborted if it is open, and named with
 * the loss.
 */
final class CheckedCommitter implements Committer<PreparedTransaction> {
  private static final Logger LOG = LoggerFactory.getLogger(CheckedCommitter.class);

  private final Committer<KafkaCommittable> committer;
  private final CommitSettings settings;
  private final CommitMetrics metrics;
  private final LossReport report;
  private final RestoredTransactions restored;
  private final Questions questions;

  /** Of transactions that Flink has not asked for yet. */
  private final Map<KafkaCommittable, CommitOutcome> outcomes = new HashMap<>();

  /** Opens what answers questions, for the time of one call. */
  interface Questions {
    OpenFates open();
  }

  /** Answers questions, and aborts, until it is closed. */
  interface OpenFates extends TransactionFates, AutoCloseable {
    /**
     * Aborts the transaction.
     *
     * @throws FlinkRuntimeException if the brokers do not; the job is restarted
     */
    void abort(PreparedTransaction transaction) throws InterruptedException;

    @Override
    void close();
  }

  CheckedCommitter(
      Committer<KafkaCommittable> committer,
      CommitSettings settings,
      CommitMetrics metrics,
      LossReport report,
      RestoredTransactions restored,
      Questions questions) {
    this.committer = committer;
    this.settings = settings;
    this.metrics = metrics;
    this.report = report;
    this.restored = restored;
    this.questions = questions;
  }

  @Override
  public void commit(Collection<CommitRequest<PreparedTransaction>> requests)
      throws IOException, InterruptedException {
    Map<KafkaCommittable, PreparedTransaction> undecided = new LinkedHashMap<>();
    restored.take().forEach(transaction -> undecided.put(transaction.kafka(), transaction));
    requests.forEach(
        request -> undecided.put(request.getCommittable().kafka(), request.getCommittable()));
    undecided.keySet().removeAll(outcomes.keySet());
    decide(undecided.values());
    for (CommitRequest<PreparedTransaction> request : requests) {
      CommitOutcome outcome = outcomes.remove(request.getCommittable().kafka());
      if (outcome instanceof Repeated) {
        request.signalAlreadyCommitted();
      } else if (outcome instanceof Lost lost) {
        request.signalFailedWithKnownReason(new LostCommitException(lost.commit().evidence()));
      }
    }
  }

  /**
   * Finds out what becomes of each.
   *
   * @throws LostCommitException if something is lost that is not accepted
   */
  private void decide(Collection<PreparedTransaction> transactions)
      throws IOException, InterruptedException {
    if (transactions.isEmpty()) {
      return;
    }
    List<PreparedTransaction> inOrder = new ArrayList<>(transactions);
    inOrder.sort(Comparator.comparingLong(PreparedTransaction::checkpoint));
    Gaps gaps = new Gaps();
    try (OpenFates fates = questions.open()) {
      for (PreparedTransaction transaction : inOrder) {
        decide(transaction, gaps, fates);
        if (outcomes.get(transaction.kafka()) instanceof Lost && !isAlarm(transaction)) {
          gaps.add(transaction);
        }
      }
    }
    raise(inOrder);
  }

  private void decide(PreparedTransaction transaction, Gaps gaps, OpenFates fates)
      throws IOException, InterruptedException {
    if (transaction.isRestored()) {
      TransactionFate fate = fateOf(transaction, fates);
      if (!(fate instanceof Open) && !(fate instanceof Unknown && isYoung(transaction))) {
        settle(transaction, fate, "");
        return;
      }
      SourceRange gap = gaps.before(transaction);
      if (gap != null) {
        leaveToReplay(transaction, fate, gap, fates);
        return;
      }
    }
    CommitAttempt attempt = new CommitAttempt(transaction);
    committer.commit(List.of(attempt));
    settle(attempt, fates);
  }

  /**
   * Aborts it if it is open. If nothing tells, it may be visible already, and who uses its id now
   * may be another job, whose transaction must not be aborted.
   */
  private void leaveToReplay(
      PreparedTransaction transaction, TransactionFate fate, SourceRange gap, OpenFates fates)
      throws InterruptedException {
    String lost =
        "%s partition %d offset %d, which is lost"
            .formatted(gap.topic(), gap.partition(), gap.first());
    if (fate instanceof Open) {
      fates.abort(transaction);
      settle(
          transaction,
          new Aborted(
              "by this start, so that the order is kept: it is to be written again after " + lost),
          "");
    } else {
      settle(transaction, fate, "; it was not tried, because it comes after " + lost);
    }
  }

  private void settle(CommitAttempt attempt, TransactionFates fates) throws InterruptedException {
    PreparedTransaction transaction = attempt.transaction();
    if (attempt.refusal() == null) {
      LOG.debug("Transaction {} is committed.", transaction.kafka().getTransactionalId());
      outcomes.put(transaction.kafka(), Done.INSTANCE);
    } else {
      settle(transaction, fateOf(transaction, fates), "; the commit: " + attempt.refusal());
    }
  }

  /** What can be told; if that is nothing yet, the job is restarted, and asks again. */
  private static TransactionFate fateOf(PreparedTransaction transaction, TransactionFates fates)
      throws InterruptedException {
    TransactionFate fate = fates.of(transaction);
    if (fate instanceof Unanswered unanswered) {
      throw new FlinkRuntimeException(
          "it cannot be told yet whether transaction "
              + transaction.kafka().getTransactionalId()
              + " was committed, and the job cannot go on before: "
              + unanswered.why()
              + "; the next restart asks again");
    }
    return fate;
  }

  private void settle(PreparedTransaction transaction, TransactionFate fate, String refusal) {
    if (fate instanceof Committed) {
      LOG.info(
          "Transaction {} was committed before; nothing is lost.",
          transaction.kafka().getTransactionalId());
      metrics.repeated();
      outcomes.put(transaction.kafka(), Repeated.INSTANCE);
      return;
    }
    LostCommit commit =
        fate instanceof Aborted aborted
            ? new LostCommit(transaction, true, aborted.evidence() + refusal)
            : new LostCommit(transaction, false, tried(fate) + refusal);
    metrics.count(commit);
    outcomes.put(transaction.kafka(), new Lost(commit));
  }

  private static String tried(TransactionFate fate) {
    return fate instanceof Unknown unknown
        ? unknown.tried()
        : "it is open, and cannot be committed";
  }

  private boolean isAlarm(PreparedTransaction transaction) {
    return settings.onFailure() == CommitFailure.ALARM
        || (settings.acceptLoss() && transaction.isRestored());
  }

  /** Within the transaction timeout the brokers have not aborted it by themselves. */
  private boolean isYoung(PreparedTransaction transaction) {
    TransactionContent content = transaction.content();
    return content == null
        || System.currentTimeMillis() - content.preparedAtMillis()
            < settings.transactionTimeout().toMillis();
  }

  private void raise(Collection<PreparedTransaction> transactions) {
    List<LostCommit> lost =
        transactions.stream()
            .map(transaction -> outcomes.get(transaction.kafka()))
            .flatMap(outcome -> outcome instanceof Lost loss ? Stream.of(loss.commit()) : null)
            .toList();
    if (!lost.isEmpty()) {
      String text = report.text(lost, System.currentTimeMillis());
      LOG.error(text);
      if (lost.stream().anyMatch(commit -> !isAlarm(commit.transaction()))) {
        throw new LostCommitException(text);
      }
    }
  }

  @Override
  public void close() throws Exception {
    committer.close();
  }
}
