package io.embeddingexport.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number for each offset. It grows by pieces, so that a run of tens of millions of messages never
 * needs twice the memory for a moment. Not thread-safe.
 */
public final class LongColumn {
  private static final int PIECE = 1 << 16;

  private final long nothing;
  private final List<long[]> pieces = new ArrayList<>();
  private int size;

  /**
   * @param nothing the number of an offset for which none was put
   */
  public LongColumn(long nothing) {
    this.nothing = nothing;
  }

  /** The number at an offset, which may be any. */
  public long get(long offset) {
    return offset < 0 || offset >= size
        ? nothing
        : pieces.get((int) offset / PIECE)[(int) offset % PIECE];
  }

  public void put(long offset, long value) {
    int at = Math.toIntExact(offset);
    while (at / PIECE >= pieces.size()) {
      long[] piece = new long[PIECE];
      Arrays.fill(piece, nothing);
      pieces.add(piece);
    }
    pieces.get(at / PIECE)[at % PIECE] = value;
    size = Math.max(size, at + 1);
  }

  /** One more than the greatest offset with a number. */
  public int size() {
    return size;
  }
}
