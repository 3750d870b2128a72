package io.embeddingexport.datarecord;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Extent of a tensor in each dimension; rank 0 is a scalar of one element. Immutable.
 *
 * <p>In a key config a dimension may be {@link #ANY}: whatever the event brings.
 */
public final class Shape {
  /** A dimension of any extent. */
  public static final long ANY = -1;

  /** Rank 0: one element. */
  public static final Shape SCALAR = new Shape(new long[0]);

  private final long[] dims;

  private Shape(long[] dims) {
    this.dims = dims;
  }

  /**
   * A shape of these extents.
   *
   * @throws IllegalArgumentException if an extent is below 0 and not {@link #ANY}, or their product
   *     is 2³¹ or more, which no int32 length on the wire can hold
   */
  public static Shape of(long... dims) {
    long count = 1;
    for (long dim : dims) {
      if (dim < ANY) {
        throw new IllegalArgumentException(
            "shape "
                + Arrays.toString(dims)
                + ": dimension "
                + dim
                + " is neither >= 0 nor -1 (any)");
      }
      count =
          dim == ANY || count == 0 ? count : dim > Integer.MAX_VALUE ? Long.MAX_VALUE : count * dim;
      if (dim == 0) {
        count = 0;
      }
      if (count > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dims) + ": 2^31 elements or more");
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  public int rank() {
    return dims.length;
  }

  /** Extent of dimension {@code i}, from 0; {@link #ANY} if left open. */
  public long dim(int i) {
    return dims[i];
  }

  /** Whether no dimension is {@link #ANY}. */
  public boolean isFixed() {
    return anyDims() == 0;
  }

  int anyDims() {
    int any = 0;
    for (long dim : dims) {
      any += dim == ANY ? 1 : 0;
    }
    return any;
  }

  /** Product of the fixed extents: the element count if {@link #isFixed()}. */
  public int fixedElementCount() {
    long count = 1;
    for (long dim : dims) {
      count *= dim == ANY ? 1 : dim;
    }
    return (int) count;
  }

  /**
   * The shape {@code tensor} takes in a place of this shape: its own if it states one, else this
   * one with its open dimension made to fit.
   *
   * @return null if the tensor does not fit, or more than one dimension is open and the tensor
   *     states no shape
   */
  public @Nullable Shape resolve(Tensor tensor) {
    if (tensor.hasShape()) {
      return accepts(tensor) ? (isFixed() ? this : tensor.shape()) : null;
    }
    int fixed = fixedElementCount();
    int count = tensor.elementCount();
    if (isFixed()) {
      return fixed == count ? this : null;
    }
    if (anyDims() > 1 || fixed == 0 || count % fixed != 0) {
      return null;
    }
    long[] resolved = dims.clone();
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = resolved[i] == ANY ? count / fixed : resolved[i];
    }
    return Shape.of(resolved);
  }

  /** Whether the shape {@code tensor} states is this one, but for open dimensions. */
  private boolean accepts(Tensor tensor) {
    if (tensor.rank() != dims.length) {
      return false;
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != ANY && dims[i] != tensor.dim(i)) {
        return false;
      }
    }
    return true;
  }

  public long[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** As a JSON array: {@code [2,3]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims).replace(" ", "");
  }
}
