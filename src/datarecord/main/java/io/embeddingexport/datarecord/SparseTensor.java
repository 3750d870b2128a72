package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sparse tensor in coordinate form: {@code COOSparseTensor}, the only kind.
 *
 * <p>Element i of {@code values} has the index tuple that begins at element i × rank of {@code
 * indices}; all other elements are zero.
 *
 * @param denseShape extents of the dense tensor, whose product is unbounded; null if not stated
 *     (libtwml then assumes {@code []})
 * @param indices INT64, row-major, one index per dimension; kept in the typed encoding, the only
 *     one on the wire
 * @param values one element per index tuple, in any encoding
 */
public record SparseTensor(@Nullable List<Long> denseShape, Tensor indices, Tensor values) {

  /**
   * @throws IllegalArgumentException if the three contradict each other
   */
  public SparseTensor {
    denseShape = denseShape == null ? null : List.copyOf(denseShape);
    indices = indices.as(TensorEncoding.INT64);
    String contradiction = contradiction(denseShape, indices, values);
    if (contradiction != null) {
      throw new IllegalArgumentException(contradiction);
    }
  }

  /** The problem with a sparse tensor of these parts; null if there is none. */
  static @Nullable String contradiction(
      @Nullable List<Long> denseShape, Tensor indices, Tensor values) {
    int count = values.elementCount();
    int indexCount = indices.elementCount();
    if (denseShape == null) {
      boolean whole = count == 0 ? indexCount == 0 : indexCount % count == 0;
      return whole ? null : indexCount + " indices for " + count + " values";
    }
    int rank = denseShape.size();
    if (indexCount != (long) count * rank) {
      return indexCount + " indices for " + count + " values of rank " + rank;
    }
    for (int i = 0; i < rank; i++) {
      if (denseShape.get(i) < 0) {
        return "dimension " + i + " of the dense shape is " + denseShape.get(i);
      }
    }
    for (int i = 0; i < indexCount; i++) {
      long index = ThriftWriter.getI64(indices.bytes(), indices.contentOffset() + 8 * i);
      if (index < 0 || index >= denseShape.get(i % rank)) {
        return "index " + index + " in a dimension of " + denseShape.get(i % rank);
      }
    }
    return null;
  }
}
