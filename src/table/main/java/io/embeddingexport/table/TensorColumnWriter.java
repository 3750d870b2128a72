package io.embeddingexport.table;

import static io.embeddingexport.table.ColumnWriters.problem;

import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.table.FeatureColumn.TensorSpec;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;

/** Writes scalars, arrays, or arrays of arrays as tensors. */
final class TensorColumnWriter implements ColumnWriter {
  private static final long UNKNOWN = -2;

  private final FeatureColumn column;
  private final TensorSpec spec;

  TensorColumnWriter(FeatureColumn column) {
    this.column = column;
    this.spec = Objects.requireNonNull(column.tensor());
  }

  @Override
  public void write(Object value, DataRecordWriter record) {
    ElementCollector elements = new ElementCollector(column);
    long[] dims = new long[spec.depth()];
    Arrays.fill(dims, UNKNOWN);
    if (spec.depth() == 0) {
      elements.add(new GenericArrayData(new Object[] {value}));
    } else {
      collect((ArrayData) value, 0, dims, elements);
    }
    Tensor tensor = elements.tensor();
    record.tensor(column.id(), tensor.withShape(shape(dims, tensor)).as(spec.encoding()));
  }

  private void collect(ArrayData array, int dimension, long[] dims, ElementCollector elements) {
    if (dims[dimension] == UNKNOWN) {
      dims[dimension] = array.size();
    } else if (dims[dimension] != array.size()) {
      throw problem(
          column,
          "arrays of "
              + dims[dimension]
              + " and "
              + array.size()
              + " elements side by side, which make no tensor");
    }
    boolean leaves = dimension == dims.length - 1;
    for (int i = 0; i < array.size(); i++) {
      ColumnWriters.requireNotNull(column, array, i, leaves ? "element" : "array");
      if (!leaves) {
        collect(array.getArray(i), dimension + 1, dims, elements);
      }
    }
    if (leaves) {
      elements.add(array);
    }
  }

  private Shape shape(long[] dims, Tensor tensor) {
    Shape stated = spec.shape();
    Shape shape =
        spec.depth() > 1
            ? stated.resolve(tensor.withShape(nested(dims)))
            : stated.resolve(tensor.withoutShape());
    if (shape == null) {
      throw problem(
          column,
          (spec.depth() > 1 ? "shape " + nested(dims) : tensor.elementCount() + " elements")
              + " where shape "
              + stated
              + " belongs");
    }
    return shape;
  }

  /** Extents that no element shows are those of the column's shape, or 0. */
  private Shape nested(long[] dims) {
    long[] known = dims.clone();
    for (int i = 0; i < known.length; i++) {
      if (known[i] == UNKNOWN) {
        known[i] = Math.max(0, spec.shape().dim(i));
      }
    }
    return Shape.of(known);
  }
}
