package io.embeddingexport.table;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.table.FeatureColumn.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** Collects the elements of one tensor, row-major, in their wire form. Not thread-safe. */
final class ElementCollector {
  private static final int MAX_UINT8 = 255;

  private final FeatureColumn column;
  private final TensorSpec spec;
  private byte[] content = {};
  private int length;

  ElementCollector(FeatureColumn column) {
    this.column = column;
    this.spec = Objects.requireNonNull(column.tensor());
  }

  /**
   * Adds all elements of {@code array}, none of which is null.
   *
   * @throws IllegalArgumentException if the tensor cannot hold one
   */
  void add(ArrayData array) {
    if (spec.dataType() == DataType.STRING) {
      addStrings(array);
      return;
    }
    int size = array.size();
    ByteBuffer room = room(Math.multiplyExact(size, spec.dataType().elementBytes()));
    // One by one: not every array of objects can be had as an array of numbers.
    for (int i = 0; i < size; i++) {
      switch (spec.dataType()) {
        case FLOAT -> room.putFloat(array.getFloat(i));
        case DOUBLE -> room.putDouble(array.getDouble(i));
        case INT32 -> room.putInt(array.getInt(i));
        case INT64 -> room.putLong(array.getLong(i));
        case UINT8 -> room.put(unsigned(array.getShort(i)));
        case BOOL -> room.put((byte) (array.getBoolean(i) ? 1 : 0));
        case STRING, BYTE -> throw new AssertionError(spec.dataType());
      }
    }
  }

  /** A vector of the elements. */
  Tensor tensor() {
    return spec.dataType() == DataType.STRING
        ? Tensor.ofStringContent(null, content, 0, length)
        : Tensor.ofRaw(spec.dataType(), null, content, 0, length);
  }

  private byte unsigned(short value) {
    if (value < 0 || value > MAX_UINT8) {
      throw ColumnWriters.problem(column, "an element is " + value + "; UINT8 is 0 to 255");
    }
    return (byte) value;
  }

  private void addStrings(ArrayData array) {
    boolean text = spec.leaf().is(LogicalTypeFamily.CHARACTER_STRING);
    for (int i = 0; i < array.size(); i++) {
      byte[] element = text ? array.getString(i).toBytes() : array.getBinary(i);
      room(Math.addExact(Integer.BYTES, element.length))
          .order(ByteOrder.BIG_ENDIAN)
          .putInt(element.length)
          .put(element);
    }
  }

  /** The next {@code size} bytes of the content, little-endian. */
  private ByteBuffer room(int size) {
    int from = length;
    length = Math.addExact(length, size);
    if (length > content.length) {
      content = Arrays.copyOf(content, Math.max(length, content.length + content.length / 2));
    }
    return ByteBuffer.wrap(content, from, size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
