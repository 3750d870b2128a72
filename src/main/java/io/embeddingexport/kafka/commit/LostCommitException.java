package io.embeddingexport.kafka.commit;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Transactions were not committed, and will not be. Flink does not restart a job that fails with
 * it: every restart would meet the same transactions.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class LostCommitException extends FlinkRuntimeException {
  private static final long serialVersionUID = 1;

  LostCommitException(String report) {
    super(report);
  }
}
