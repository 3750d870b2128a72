package io.embeddingexport.datarecord;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The features of a record that someone wants to read, of all nine fields. Immutable and
 * thread-safe.
 */
public final class FeatureSelection {
  /** Every feature. */
  public static final FeatureSelection ALL = new FeatureSelection(null);

  /** Up to so many ids are compared one by one, which is faster than a binary search. */
  private static final int FEW = 4;

  /** In ascending order; null: all. */
  private final long @Nullable [] ids;

  private FeatureSelection(long @Nullable [] ids) {
    this.ids = ids;
  }

  /** The features with these ids, which may repeat; without ids, none. */
  public static FeatureSelection of(long... ids) {
    return new FeatureSelection(Arrays.stream(ids).sorted().distinct().toArray());
  }

  /** Whether the feature {@code id} is selected. */
  public boolean has(long id) {
    if (ids == null) {
      return true;
    }
    if (ids.length > FEW) {
      return Arrays.binarySearch(ids, id) >= 0;
    }
    for (long selected : ids) {
      if (selected == id) {
        return true;
      }
    }
    return false;
  }

  /** The ids in ascending order. */
  @Override
  public String toString() {
    return ids == null ? "all features" : "features " + Arrays.toString(ids);
  }
}
