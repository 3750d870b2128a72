package io.embeddingexport.kafka.positions;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * One submission of the job. A restart after a failure is the same run; a manual start is another,
 * whatever state it starts from.
 *
 * @param id 12 hex digits
 * @param submitted by the clock of the submitting machine; for people only
 */
public record RunIdentity(String id, Instant submitted) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int ID_DIGITS = 12;

  /** A new run with a fresh id. */
  public static RunIdentity create() {
    String random = UUID.randomUUID().toString().replace("-", "");
    return new RunIdentity(
        random.substring(0, ID_DIGITS), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public String toString() {
    return id + ", submitted " + submitted;
  }
}
