package io.embeddingexport.table;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import org.apache.flink.table.types.logical.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * A column, and the feature that it stands for. Immutable.
 *
 * @param name the column's, for messages
 * @param id of the feature
 * @param type of the column
 * @param kind of the feature
 * @param tensor null unless the feature is a tensor
 */
record FeatureColumn(
    String name, long id, LogicalType type, FeatureKind kind, @Nullable TensorSpec tensor) {

  /**
   * The tensor of a column.
   *
   * @param depth levels of arrays in the column's type; 0: a scalar
   * @param leaf type of the elements
   * @param shape with {@link Shape#ANY} for open dimensions. Its rank is {@code depth}, or any if
   *     that is at most 1: the elements are then row-major
   * @param encoding in which it is written; every encoding is read
   */
  record TensorSpec(
      int depth, LogicalType leaf, DataType dataType, Shape shape, TensorEncoding encoding) {}
}
