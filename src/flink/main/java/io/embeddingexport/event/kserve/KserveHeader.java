package io.embeddingexport.event.kserve;

import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.event.BadEventException;
import org.jspecify.annotations.Nullable;

/** What an output says of its elements. Reused; not thread-safe. */
final class KserveHeader {
  private static final int MAX_RANK = 32;

  private @Nullable String name;
  private @Nullable KserveType type;
  private int rank;
  private final long[] extents = new long[MAX_RANK];

  /** Not counted further once it is beyond an int. */
  private long rowElements;

  void clear() {
    name = null;
    type = null;
    clearShape();
  }

  void clearShape() {
    rank = 0;
    rowElements = 1;
  }

  /** Whether these are the extents. */
  boolean hasShape(Shape shape) {
    boolean same = shape.rank() == rank;
    for (int i = 0; same && i < rank; i++) {
      same = shape.dim(i) == extents[i];
    }
    return same;
  }

  /** Null if it is not wanted. */
  @Nullable String name() {
    return name;
  }

  void name(@Nullable String wanted) {
    name = wanted;
  }

  /** Null if it is not known yet, or no record holds its elements. */
  @Nullable KserveType type() {
    return type;
  }

  void type(@Nullable KserveType known) {
    type = known;
  }

  /** Adds an extent to the shape. */
  void dim(long extent) throws BadEventException {
    if (rank == MAX_RANK || extent < 0 || extent > Integer.MAX_VALUE) {
      throw new BadEventException(
          "an output's shape has an extent below 0, beyond 2^31, or too many");
    }
    if (rank > 0 && rowElements <= Integer.MAX_VALUE) {
      rowElements *= extent;
    }
    extents[rank++] = extent;
  }

  /** The type of an output that is wanted. */
  KserveType requireType() throws BadEventException {
    if (type == null) {
      throw new BadEventException(
          "output "
              + name
              + " has a datatype that no record holds; send one of "
              + KserveType.NAMES);
    }
    return type;
  }

  int rows() throws BadEventException {
    if (rank == 0) {
      throw new BadEventException("output " + name + " has no shape, so it is no batch");
    }
    return (int) extents[0];
  }

  /** Elements of a row. */
  int rowElements() throws BadEventException {
    if (rowElements > Integer.MAX_VALUE) {
      throw new BadEventException("output " + name + " has rows of 2^31 elements or more");
    }
    return (int) rowElements;
  }
}
