package io.embeddingexport.kafka.sink;

/**
 * The timestamps of a checkpoint's inputs, thinned out: when the sample is full, every second one
 * is dropped, and from then on only every second input is taken. For one thread.
 */
final class TimestampSample {
  static final int MOST = 1024;

  private long[] kept = {};
  private int size;
  private long count;
  private long every = 1;

  /**
   * Adds an input.
   *
   * @param timestampMillis ms since the epoch
   */
  void add(long timestampMillis) {
    if (count++ % every != 0) {
      return;
    }
    if (kept.length == 0) {
      kept = new long[MOST];
    } else if (size == MOST) {
      thinOut();
      if ((count - 1) % every != 0) {
        return;
      }
    }
    kept[size++] = timestampMillis;
  }

  private void thinOut() {
    size = MOST / 2;
    for (int i = 0; i < size; i++) {
      kept[i] = kept[2 * i];
    }
    every *= 2;
  }

  /** Number of inputs. */
  long count() {
    return count;
  }

  /** Number of timestamps in the sample. */
  int size() {
    return size;
  }

  /** A timestamp of the sample, in the order of the inputs. */
  long timestampMillis(int index) {
    return kept[index];
  }
}
