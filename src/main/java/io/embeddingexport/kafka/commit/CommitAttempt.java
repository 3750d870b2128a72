package io.embeddingexport.kafka.commit;

import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.jspecify.annotations.Nullable;

/**
 * A request to commit as Flink's committer sees it. Where that would take a refused commit for
 * done, or fail for ever on a transactional id that the brokers have forgotten, the refusal is kept
 * here to be looked into. Where it would try once more, the job is restarted instead.
 *
 * <p>Flink's producers cannot be asked twice (flink-connector-kafka 5.0.0): a writer's has
 * forgotten by then that it is in a transaction; and the one that commits restored transactions
 * answers, while the first request is still out, for the next transaction with what becomes of the
 * one before.
 */
final class CommitAttempt implements CommitRequest<KafkaCommittable> {
  private final PreparedTransaction transaction;
  private @Nullable Throwable refusal;

  CommitAttempt(PreparedTransaction transaction) {
    this.transaction = transaction;
  }

  PreparedTransaction transaction() {
    return transaction;
  }

  /** Why the broker does not commit it; null if it did. */
  @Nullable Throwable refusal() {
    return refusal;
  }

  @Override
  public KafkaCommittable getCommittable() {
    return transaction.kafka();
  }

  @Override
  public int getNumberOfRetries() {
    return 0;
  }

  @Override
  public void signalFailedWithKnownReason(Throwable reason) {
    refusal = reason;
  }

  /**
   * @throws FlinkRuntimeException if the reason says nothing of the transaction; the job is
   *     restarted
   */
  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    if (ExceptionUtils.findThrowable(reason, CommitAttempt::meansNoSuchTransaction).isEmpty()) {
      throw new FlinkRuntimeException(
          "transaction "
              + transaction.kafka().getTransactionalId()
              + " could not be committed; the next restart tries again: "
              + reason.getMessage(),
          reason);
    }
    refusal = reason;
  }

  private static boolean meansNoSuchTransaction(Throwable reason) {
    return reason instanceof InvalidPidMappingException
        || reason instanceof InvalidProducerEpochException
        || reason instanceof InvalidTxnStateException
        || reason instanceof ProducerFencedException
        || reason instanceof UnknownProducerIdException;
  }

  @Override
  public void retryLater() {
    throw new FlinkRuntimeException(
        "no broker has answered in time whether transaction "
            + transaction.kafka().getTransactionalId()
            + " is committed; the next restart asks (in time is kafka.sink.max.block.ms, 60 s if not"
            + " set)");
  }

  @Override
  public void updateAndRetryLater(KafkaCommittable committable) {
    retryLater();
  }

  @Override
  public void signalAlreadyCommitted() {
    // As good as committed now.
  }
}
