package io.embeddingexport.flink;

import java.util.SplittableRandom;

/**
 * Picks one event in N, at random distances. A fixed distance would meet the same model each time
 * if models take turns. For one thread.
 */
final class Sampler {
  private final int every;
  private final SplittableRandom random;

  /** Events before the next one that is picked. */
  private int left;

  /**
   * @param every mean distance; 0: picks nothing
   */
  Sampler(int every, long seed) {
    this.every = every;
    this.random = new SplittableRandom(seed);
    this.left = distance();
  }

  private int distance() {
    return every == 0 ? Integer.MAX_VALUE : random.nextInt(2 * every - 1);
  }

  boolean picksNext() {
    if (left > 0) {
      left--;
      return false;
    }
    left = distance();
    return every > 0;
  }
}
