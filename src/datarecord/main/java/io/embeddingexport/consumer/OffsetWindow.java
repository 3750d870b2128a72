package io.embeddingexport.consumer;

import java.util.Arrays;

/** The last offsets seen: a ring of bits that ends at the greatest. */
final class OffsetWindow {
  private final long[] bits;
  private final long size;

  /** -1: none seen. */
  private long greatest = -1;

  OffsetWindow(int atLeast) {
    this.bits = new long[(int) (((long) atLeast + Long.SIZE - 1) / Long.SIZE)];
    this.size = (long) bits.length * Long.SIZE;
  }

  /** Whether the offset is new, and marks it as seen; true for offsets before the window. */
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

  /** Clears the bits of these offsets, which held others before. */
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
