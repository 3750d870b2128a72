package io.embeddingexport.chaos.cluster;

import java.time.Duration;

/** The wall clocks of the hosts. Monotonic clocks are left alone. */
public interface Clocks {
  /** A host's clock is from now on so much ahead of the others, or behind if negative. */
  void shift(ClusterNode node, Duration offset);

  /** All clocks are right. */
  void heal();
}
