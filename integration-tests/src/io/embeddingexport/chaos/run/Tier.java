package io.embeddingexport.chaos.run;

import java.time.Duration;

/**
 * How long a run is unless something else is said.
 *
 * @param transactionTimeout of the job; one fault outlasts it, and no other may
 */
record Tier(Duration time, int faults, Duration transactionTimeout, Duration calm) {
  static final Tier CI =
      new Tier(Duration.ofSeconds(1_050), 42, Duration.ofSeconds(90), Duration.ofMillis(500));
  static final Tier LONG =
      new Tier(Duration.ofMinutes(30), 10_000, Duration.ofMinutes(2), Duration.ofSeconds(5));
}
