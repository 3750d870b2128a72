package io.embeddingexport.kafka.commit;

import io.embeddingexport.kafka.commit.TransactionFate.Aborted;
import io.embeddingexport.kafka.commit.TransactionFate.Committed;
import io.embeddingexport.kafka.commit.TransactionFate.Open;
import io.embeddingexport.kafka.commit.TransactionFate.Unanswered;
import io.embeddingexport.kafka.commit.TransactionFate.Unknown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
 * One of this attempt is committed, and asked after if that is refused. All are tried before any
 * loss fails the job: each that can be committed is.
 */
final class CheckedCommitter implements Committer<PreparedTransaction> {
  private static final Logger LOG = LoggerFactory.getLogger(CheckedCommitter.class);

  private final Committer<KafkaCommittable> committer;
  private final CommitSettings settings;
  private final CommitMetrics metrics;
  private final LossReport report;
  private final Questions questions;

  /** Opens what answers questions, for the time of one call. */
  interface Questions {
    OpenFates open();
  }

  /** Answers questions until it is closed. */
  interface OpenFates extends TransactionFates, AutoCloseable {
    @Override
    void close();
  }

  CheckedCommitter(
      Committer<KafkaCommittable> committer,
      CommitSettings settings,
      CommitMetrics metrics,
      LossReport report,
      Questions questions) {
    this.committer = committer;
    this.settings = settings;
    this.metrics = metrics;
    this.report = report;
    this.questions = questions;
  }

  @Override
  public void commit(Collection<CommitRequest<PreparedTransaction>> requests)
      throws IOException, InterruptedException {
    List<LostCommit> lost = new ArrayList<>();
    try (OpenFates fates = questions.open()) {
      List<CommitAttempt> attempts = new ArrayList<>();
      for (CommitRequest<PreparedTransaction> request : requests) {
        if (!request.getCommittable().isRestored() || isToBeTried(request, fates, lost)) {
          attempts.add(new CommitAttempt(request));
        }
      }
      committer.commit(new ArrayList<>(attempts));
      for (CommitAttempt attempt : attempts) {
        if (attempt.refusal() != null) {
          settle(attempt.request(), fates, String.valueOf(attempt.refusal()), lost);
        }
      }
    }
    raise(lost);
  }

  /** Settles a restored transaction if it can be told what became of it. */
  private boolean isToBeTried(
      CommitRequest<PreparedTransaction> request, TransactionFates fates, List<LostCommit> lost)
      throws InterruptedException {
    PreparedTransaction transaction = request.getCommittable();
    TransactionFate fate = fateOf(transaction, fates);
    if (fate instanceof Open || (fate instanceof Unknown && isYoung(transaction))) {
      return true;
    }
    settle(request, fate, "", lost);
    return false;
  }

  private void settle(
      CommitRequest<PreparedTransaction> request,
      TransactionFates fates,
      String refusal,
      List<LostCommit> lost)
      throws InterruptedException {
    settle(request, fateOf(request.getCommittable(), fates), "; the commit: " + refusal, lost);
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

  private void settle(
      CommitRequest<PreparedTransaction> request,
      TransactionFate fate,
      String refusal,
      List<LostCommit> lost) {
    PreparedTransaction transaction = request.getCommittable();
    if (fate instanceof Committed) {
      LOG.info(
          "Transaction {} was committed before; nothing is lost.",
          transaction.kafka().getTransactionalId());
      metrics.repeated();
      request.signalAlreadyCommitted();
      return;
    }
    LostCommit commit =
        fate instanceof Aborted aborted
            ? new LostCommit(transaction, true, aborted.evidence() + refusal)
            : new LostCommit(transaction, false, tried(fate) + refusal);
    metrics.count(commit);
    lost.add(commit);
    if (isAlarm(transaction)) {
      request.signalFailedWithKnownReason(new LostCommitException(commit.evidence()));
    }
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

  private void raise(List<LostCommit> lost) {
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
