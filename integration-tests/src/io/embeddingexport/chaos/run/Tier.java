package io.embeddingexport.chaos.run;

import java.time.Duration;

/** How long a run is unless something else is said. */
record Tier(Duration time, int faults, Duration calm) {
  static final Tier CI = new Tier(Duration.ofSeconds(900), 30, Duration.ofMillis(500));
  static final Tier LONG = new Tier(Duration.ofMinutes(30), 10_000, Duration.ofSeconds(5));
}
