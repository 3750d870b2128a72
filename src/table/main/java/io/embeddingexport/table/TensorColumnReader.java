package io.embeddingexport.table;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.table.FeatureColumn.TensorSpec;
import java.util.List;
import java.util.Objects;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.jspecify.annotations.Nullable;

/** Reads tensors as scalars, arrays, or arrays of arrays. */
final class TensorColumnReader implements ColumnReader {
  /**
   * Most arrays that a tensor without elements becomes. Its shape, such as [1000000000,0], is a few
   * bytes and could name any number.
   */
  private static final long MAX_EMPTY_ARRAYS = 1024;

  private static final int MAX_NAMED_DIMENSIONS = 8;

  private final FeatureColumn column;
  private final TensorSpec spec;
  private final ArrayData.ElementGetter scalar;

  TensorColumnReader(FeatureColumn column) {
    this.column = column;
    this.spec = Objects.requireNonNull(column.tensor());
    this.scalar = ArrayData.createElementGetter(spec.leaf());
  }

  @Override
  public @Nullable Object read(DataRecordView record) throws CellException {
    Tensor tensor = record.tensor(column.id());
    if (tensor == null) {
      return null;
    }
    if (tensor.dataType() != spec.dataType()) {
      throw new CellException(
          column, "a tensor of " + tensor.dataType() + " where " + spec.dataType() + " belongs");
    }
    Shape shape = spec.shape().resolve(tensor);
    if (shape == null) {
      throw new CellException(
          column,
          tensor.hasShape()
              ? "a tensor of " + text(tensor.shape()) + " where shape " + spec.shape() + " belongs"
              : "a tensor of "
                  + tensor.elementCount()
                  + " elements that states no shape where shape "
                  + spec.shape()
                  + " belongs");
    }
    Object elements = elements(tensor);
    if (spec.depth() == 0) {
      return scalar.getElementOrNull(Slices.whole(elements), 0);
    }
    if (spec.depth() == 1) {
      return Slices.whole(elements);
    }
    requireFewEmptyArrays(shape);
    return nested(shape, 0, elements, 0, tensor.elementCount());
  }

  /** The elements as a Java array: of primitives, of {@link StringData}, or of {@code byte[]}. */
  private Object elements(Tensor tensor) throws CellException {
    return switch (tensor.dataType()) {
      case FLOAT -> tensor.toFloats();
      case DOUBLE -> tensor.toDoubles();
      case INT32 -> tensor.toInts();
      case INT64 -> tensor.toLongs();
      case BOOL -> tensor.toBooleans();
      case UINT8 -> unsigned(tensor.toBytes());
      case STRING -> strings(tensor);
      case BYTE -> throw new AssertionError(DataType.BYTE);
    };
  }

  private static short[] unsigned(byte[] bytes) {
    short[] values = new short[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = (short) Byte.toUnsignedInt(bytes[i]);
    }
    return values;
  }

  private Object[] strings(Tensor tensor) throws CellException {
    if (tensor.encoding() != TensorEncoding.STRING) {
      throw new CellException(column, "a raw tensor of STRING, whose strings cannot be told apart");
    }
    boolean text = spec.leaf().is(LogicalTypeFamily.CHARACTER_STRING);
    List<Bytes> strings = tensor.toStrings();
    Object[] values = new Object[strings.size()];
    for (int i = 0; i < values.length; i++) {
      Bytes value = strings.get(i);
      values[i] = text ? ColumnReaders.text(column, value) : value.toArray();
    }
    return values;
  }

  private void requireFewEmptyArrays(Shape shape) throws CellException {
    if (shape.fixedElementCount() > 0) {
      return;
    }
    long arrays = 1;
    for (int i = 0; i < shape.rank() - 1; i++) {
      arrays *= Math.min(shape.dim(i), MAX_EMPTY_ARRAYS + 1);
      if (arrays > MAX_EMPTY_ARRAYS) {
        throw new CellException(
            column,
            "a tensor without elements of "
                + text(shape)
                + ", which is more than "
                + MAX_EMPTY_ARRAYS
                + " arrays");
      }
    }
  }

  /** Its extents, unless a record from outside made them many. */
  private static String text(Shape shape) {
    return shape.rank() <= MAX_NAMED_DIMENSIONS
        ? "shape " + shape
        : "a shape of rank " + shape.rank();
  }

  private static GenericArrayData nested(
      Shape shape, int dimension, Object elements, int from, int count) {
    if (dimension == shape.rank() - 1) {
      return Slices.of(elements, from, count);
    }
    int extent = (int) shape.dim(dimension);
    Object[] rows = new Object[extent];
    for (int i = 0; i < extent; i++) {
      int size = count / extent;
      rows[i] = nested(shape, dimension + 1, elements, from + i * size, size);
    }
    return new GenericArrayData(rows);
  }
}
