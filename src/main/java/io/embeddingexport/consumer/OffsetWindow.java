package io.embeddingexport.consumer;

import java.util.Arrays;

/** Which of the last offsets have come: a ring of bits that ends at the greatest. */
final class OffsetWindow {
  private final long[] bits;
  private final long size;

  /** -1: none has come. */
  private long greatest = -1;

  OffsetWindow(int atLeast) {
    this.bits = new long[(int) (((long) atLeast + Long.SIZE - 1) / Long.SIZE)];
    this.size = (long) bits.length * Long.SIZE;
  }

  /** Whether it has not come; true for what is before the window. From now on it has. */
  boolean isFirst(long offset) {
    if (offset > greatest) {
      forget(greatest + 1, offset);
      greatest = offset;
    } else if (offset <= greatest - size) {
      return true;
    }
    int word = (int) (offset % size / Long.SIZE);
    long bit = 1L << (offset % Long.SIZE);
    boolean first = (bits[word] & bit) == 0;
    bits[word] |= bit;
    return first;
  }

  /** The window moves on to these offsets, whose bits held others. */
  private void forget(long from, long to) {
    if (to - from >= size) {
      Arrays.fill(bits, 0);
      return;
    }
    for (long left = to - from + 1, offset = from; left > 0; ) {
      int shift = (int) (offset % Long.SIZE);
      long here = Math.min(left, Long.SIZE - shift);
      long mask = here == Long.SIZE ? -1 : ((1L << here) - 1) << shift;
      bits[(int) (offset % size / Long.SIZE)] &= ~mask;
      offset += here;
      left -= here;
    }
  }
}
