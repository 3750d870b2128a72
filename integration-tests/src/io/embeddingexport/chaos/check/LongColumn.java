package io.embeddingexport.chaos.check;

import java.util.Arrays;

/** A number for each offset, which grows; where none was put it has another. */
final class LongColumn {
  private final long nothing;
  private long[] values = new long[1024];
  private int size;

  LongColumn(long nothing) {
    this.nothing = nothing;
    Arrays.fill(values, nothing);
  }

  long get(long offset) {
    return offset < 0 || offset >= size ? nothing : values[(int) offset];
  }

  void put(long offset, long value) {
    int at = Math.toIntExact(offset);
    if (at >= values.length) {
      int before = values.length;
      values = Arrays.copyOf(values, Math.max(at + 1, 2 * before));
      Arrays.fill(values, before, values.length, nothing);
    }
    values[at] = value;
    size = Math.max(size, at + 1);
  }

  /** One more than the greatest offset with a number. */
  int size() {
    return size;
  }
}
