package io.embeddingexport.kafka.sink;

import java.util.SplittableRandom;

/**
 * The timestamps of a checkpoint's inputs, or a random sample of them: each input has the same
 * chance to be in it. Inputs at fixed distances could all be of one sender. For one thread.
 */
final class TimestampSample {
  static final int MOST = 1024;

  private final SplittableRandom random;
  private long[] kept = {};
  private int size;
  private long count;

  TimestampSample(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Adds an input.
   *
   * @param timestampMillis ms since the epoch
   */
  void add(long timestampMillis) {
    count++;
    if (size < MOST) {
      if (kept.length == 0) {
        kept = new long[MOST];
      }
      kept[size++] = timestampMillis;
      return;
    }
    // Reservoir sampling: the input replaces another with a chance of MOST / count.
    long place = random.nextLong(count);
    if (place < MOST) {
      kept[(int) place] = timestampMillis;
    }
  }

  /** Number of inputs. */
  long count() {
    return count;
  }

  /** Number of timestamps in the sample. */
  int size() {
    return size;
  }

  /** A timestamp of the sample, in no order. */
  long timestampMillis(int index) {
    return kept[index];
  }
}
