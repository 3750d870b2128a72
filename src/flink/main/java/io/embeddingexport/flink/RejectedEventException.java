package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import org.apache.flink.annotation.PublicEvolving;

/** An event that cannot become a record, in a function that must make one from each event. */
@PublicEvolving
public final class RejectedEventException extends Exception {
  private static final long serialVersionUID = 1;

  private final RejectReason reason;
  private final String detail;

  RejectedEventException(Rejected rejected) {
    super(
        "event refused ("
            + rejected.reason().label()
            + (rejected.model() == null ? "" : ", model " + rejected.model())
            + "): "
            + rejected.detail());
    this.reason = rejected.reason();
    this.detail = rejected.detail();
  }

  public RejectReason reason() {
    return reason;
  }

  /** One sentence: problem, place, value and remedy; nothing of the payload. */
  public String detail() {
    return detail;
  }
}
