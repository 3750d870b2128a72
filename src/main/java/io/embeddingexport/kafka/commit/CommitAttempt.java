package io.embeddingexport.kafka.commit;

import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.jspecify.annotations.Nullable;

/**
 * A request to commit as Flink's committer sees it. Where that would take a refused commit for
 * done, or fail for ever on a transactional id that the brokers have forgotten, the refusal is kept
 * here to be looked into.
 */
final class CommitAttempt implements CommitRequest<KafkaCommittable> {
  private final CommitRequest<PreparedTransaction> request;
  private @Nullable Throwable refusal;

  CommitAttempt(CommitRequest<PreparedTransaction> request) {
    this.request = request;
  }

  CommitRequest<PreparedTransaction> request() {
    return request;
  }

  /** Why the broker does not commit it; null if it did, or will be asked again. */
  @Nullable Throwable refusal() {
    return refusal;
  }

  @Override
  public KafkaCommittable getCommittable() {
    return request.getCommittable().kafka();
  }

  @Override
  public int getNumberOfRetries() {
    return request.getNumberOfRetries();
  }

  @Override
  public void signalFailedWithKnownReason(Throwable reason) {
    refusal = reason;
  }

  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    if (ExceptionUtils.findThrowable(reason, CommitAttempt::meansNoSuchTransaction).isPresent()) {
      refusal = reason;
    } else {
      request.signalFailedWithUnknownReason(reason);
    }
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
    request.retryLater();
  }

  @Override
  public void updateAndRetryLater(KafkaCommittable committable) {
    request.updateAndRetryLater(
        new PreparedTransaction(committable, request.getCommittable().content()));
  }

  @Override
  public void signalAlreadyCommitted() {
    request.signalAlreadyCommitted();
  }
}
