package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.ThriftType;
import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Extent of a tensor in each dimension; rank 0 is a scalar of one element. Immutable as long as
 * nobody changes the viewed bytes: a decoded tensor's shape is a view of the record.
 *
 * <p>A dimension in a key config may be {@link #ANY}: any extent the event has.
 */
public final class Shape {
  /** A dimension of any extent. */
  public static final long ANY = -1;

  /** Rank 0: one element. */
  public static final Shape SCALAR = of();

  private static final long TOO_MANY = 1L << 31;

  /** The extents in their wire form: {@code rank} big-endian i64 from {@code offset}. */
  private final byte[] bytes;

  private final int offset;
  private final int rank;
  private final int anyDims;
  private final long fixedElementCount;

  private Shape(byte[] bytes, int offset, int rank) {
    this.bytes = bytes;
    this.offset = offset;
    this.rank = rank;
    int any = 0;
    boolean empty = false;
    long count = 1;
    for (int i = 0; i < rank; i++) {
      long dim = ThriftWriter.getI64(bytes, offset + 8 * i);
      if (dim > 0) {
        count = Math.min(TOO_MANY, count * Math.min(TOO_MANY, dim));
      } else if (dim == ANY) {
        any++;
      } else {
        empty = true;
      }
    }
    this.anyDims = any;
    this.fixedElementCount = empty ? 0 : count;
  }

  /**
   * A shape of these extents.
   *
   * @throws IllegalArgumentException if an extent is below 0 and not {@link #ANY}, or their product
   *     is 2³¹ or more, which no int32 length on the wire can hold
   */
  public static Shape of(long... dims) {
    byte[] bytes = new byte[8 * dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < ANY) {
        throw new IllegalArgumentException(
            "shape "
                + Arrays.toString(dims)
                + ": dimension "
                + dims[i]
                + " is neither >= 0 nor -1 (any)");
      }
      ThriftWriter.putI64(bytes, 8 * i, dims[i]);
    }
    Shape shape = new Shape(bytes, 0, dims.length);
    if (shape.fixedElementCount == TOO_MANY) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(dims) + ": 2^31 elements or more");
    }
    return shape;
  }

  /**
   * The shape with the extents in {@code bytes}; null if one is below 0 or their product is 2³¹ or
   * more.
   */
  static @Nullable Shape view(byte[] bytes, int offset, int rank) {
    for (int i = 0; i < rank; i++) {
      if (ThriftWriter.getI64(bytes, offset + 8 * i) < 0) {
        return null;
      }
    }
    Shape shape = new Shape(bytes, offset, rank);
    return shape.fixedElementCount == TOO_MANY ? null : shape;
  }

  /** Number of dimensions. */
  public int rank() {
    return rank;
  }

  /** Extent of dimension {@code i}, from 0; {@link #ANY} if left open. */
  public long dim(int i) {
    return ThriftWriter.getI64(bytes, offset + 8 * Objects.checkIndex(i, rank));
  }

  /** Whether no dimension is {@link #ANY}. */
  public boolean isFixed() {
    return anyDims == 0;
  }

  /** Product of the fixed extents: the element count if {@link #isFixed()}. */
  public int fixedElementCount() {
    return (int) fixedElementCount;
  }

  /**
   * The shape of {@code tensor} in a place of this shape: its own if stated, else this one with the
   * open dimension fitted.
   *
   * @return null if the tensor does not fit, or more than one dimension is open and the tensor
   *     states no shape
   */
  public @Nullable Shape resolve(Tensor tensor) {
    if (tensor.hasShape()) {
      Shape stated = tensor.shape();
      return accepts(stated) ? stated : null;
    }
    int fixed = fixedElementCount();
    int count = tensor.elementCount();
    if (isFixed()) {
      return fixed == count ? this : null;
    }
    if (anyDims > 1 || fixed == 0 || count % fixed != 0) {
      return null;
    }
    long[] resolved = toArray();
    for (int i = 0; i < rank; i++) {
      resolved[i] = resolved[i] == ANY ? count / fixed : resolved[i];
    }
    return of(resolved);
  }

  /** Whether {@code stated} equals this shape except in open dimensions. */
  private boolean accepts(Shape stated) {
    if (isFixed()) {
      return equals(stated);
    }
    if (stated.rank != rank) {
      return false;
    }
    for (int i = 0; i < rank; i++) {
      if (dim(i) != ANY && dim(i) != stated.dim(i)) {
        return false;
      }
    }
    return true;
  }

  /** The extents; {@link #ANY} for open dimensions. */
  public long[] toArray() {
    long[] dims = new long[rank];
    Arrays.setAll(dims, this::dim);
    return dims;
  }

  void writeTo(ThriftWriter out) {
    out.putList(ThriftType.I64, rank).putBytes(bytes, offset, 8 * rank);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape
        && Arrays.equals(
            bytes,
            offset,
            offset + 8 * rank,
            shape.bytes,
            shape.offset,
            shape.offset + 8 * shape.rank);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toArray());
  }

  /** As a JSON array: {@code [2,3]}. */
  @Override
  public String toString() {
    return Arrays.toString(toArray()).replace(" ", "");
  }
}
