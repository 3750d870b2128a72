package io.embeddingexport.kafka.positions;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * One submission of the job. A restart after a failure is the same run; a start by hand is another,
 * whatever state it starts from.
 *
 * @param id 12 hex digits
 * @param submitted when, by the clock of the machine that submitted it; for people only
 */
public record RunIdentity(String id, Instant submitted) implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int ID_DIGITS = 12;

  /** A run that there was never before. */
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
