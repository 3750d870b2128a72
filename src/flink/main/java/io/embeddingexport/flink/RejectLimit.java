package io.embeddingexport.flink;

import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * How many inputs may be rejected before the job stops. Immutable.
 *
 * @param percent of the inputs of the last minute; more than these stop the job; 1 to 99
 * @param minInputs fewer inputs than these in the last minute never stop it; 1 or more. Each
 *     operator instance counts its own
 */
@PublicEvolving
public record RejectLimit(int percent, long minInputs) implements Serializable {
  private static final long serialVersionUID = 1;

  public RejectLimit {
    if (percent < 1 || percent > 99 || minInputs < 1) {
      throw new IllegalArgumentException(
          "a limit of %d %% of %d inputs or more; use 1 to 99 %%, and 1 input or more"
              .formatted(percent, minInputs));
    }
  }

  boolean isExceededBy(long rejects, long inputs) {
    return inputs >= minInputs && rejects > inputs * percent / 100.0;
  }
}
