package io.embeddingexport.kafka.positions;

import java.util.List;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.Uuid;

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

  /** A topic that the job reads was deleted, and there is another of its name. */
  public static StartRefusedException recreated(String topic, Uuid before, Uuid now) {
    return new StartRefusedException(
        "topic "
            + topic
            + " was re-created while the job runs: its id was "
            + before
            + " and is now "
            + now
            + "; to read it from its beginning: bin/embedding-export positions set --config FILE"
            + " --to earliest --topic "
            + topic);
  }
}
