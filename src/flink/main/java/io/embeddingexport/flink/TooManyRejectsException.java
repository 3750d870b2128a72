package io.embeddingexport.flink;

import io.embeddingexport.text.SafeText;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * More inputs are rejected than a {@link RejectLimit} allows. Fails the job for good: somebody has
 * to look. Nothing is lost, since the job goes on from its position when it is started again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class TooManyRejectsException extends FlinkRuntimeException {
  private static final long serialVersionUID = 1;

  TooManyRejectsException(RejectBrake.Excess excess, RejectLimit limit) {
    super(
        ("of the last %d inputs%s, %d were rejected, most for the reason %s; more than %d %% stop"
                + " the job (reject-brake.percent); nothing is lost: look at the dead letters, mend"
                + " the cause, and start the job again, which goes on from its position")
            .formatted(
                excess.inputs(),
                excess.model() == null ? "" : " of model " + SafeText.quoted(excess.model()),
                excess.rejects(),
                excess.reason().label(),
                limit.percent()));
  }
}
