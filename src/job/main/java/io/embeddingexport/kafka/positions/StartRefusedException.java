package io.embeddingexport.kafka.positions;

import java.util.List;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The positions do not let the job start or continue: inputs would be lost or exported twice. Fails
 * the job for good, since every restart would find the same.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class StartRefusedException extends FlinkRuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param problems one sentence each: place, finding and remedy
   */
  public StartRefusedException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " problems:\n  " + String.join("\n  ", problems));
  }

  StartRefusedException(String problem) {
    super(problem);
  }
}
