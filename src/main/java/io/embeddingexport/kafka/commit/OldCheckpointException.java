package io.embeddingexport.kafka.commit;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The job was restored from a checkpoint that is not its newest. Flink does not restart a job that
 * fails with it: every restart would begin at the same checkpoint.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OldCheckpointException extends FlinkRuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param checkpoint id of the one the job was restored from
   * @param committed transactional id that a later one has committed
   */
  OldCheckpointException(long checkpoint, String committed) {
    super(
        "checkpoint or savepoint "
            + checkpoint
            + ", which this job was restored from, is not the newest: transaction "
            + committed
            + " was committed after it. From here the job would write again what is committed"
            + " already. Start it from its newest checkpoint or savepoint; or, to have the records"
            + " since then twice, with --set restore.accept-duplicates=true, and take that away"
            + " afterwards. docs/guarantees.md, 'Starting from an older checkpoint', has all of it.");
  }
}
