package io.embeddingexport.event.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/** What a value of Apache Avro's is as a tensor, computed from its objects. */
final class ExpectedTensor {
  private static final Set<Schema.Type> ELEMENTS =
      Set.of(
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.BOOLEAN,
          Schema.Type.STRING);

  /** Whether values of that type can be a tensor without a word on how. */
  static boolean isTensor(Schema schema) {
    if (schema.getType() != Schema.Type.ARRAY) {
      return ELEMENTS.contains(schema.getType());
    }
    Schema items = value(schema.getElementType());
    boolean isBytes =
        items.getType() == Schema.Type.BYTES
            || (items.getType() == Schema.Type.FIXED && items.getFixedSize() > 0);
    return isBytes || isTensor(items);
  }

  /** The type beside null; a union of more than that is itself. */
  static Schema value(Schema schema) {
    if (schema.getType() != Schema.Type.UNION || schema.getTypes().size() != 2) {
      return schema;
    }
    List<Schema> types = schema.getTypes();
    if (types.get(0).getType() == Schema.Type.NULL) {
      return types.get(1);
    }
    return types.get(1).getType() == Schema.Type.NULL ? types.get(0) : schema;
  }

  /** The tensor; null if it must be refused. */
  static @Nullable Tensor of(Object value, Schema schema) {
    List<Object> elements = new ArrayList<>();
    List<Long> extents = new ArrayList<>();
    Schema type = schema;
    int rank = 0;
    for (; type.getType() == Schema.Type.ARRAY; rank++) {
      type = value(type.getElementType());
      extents.add(-1L);
    }
    if (!collect(value, 0, rank, extents, elements)) {
      return null;
    }
    Shape shape = Shape.of(extents.stream().mapToLong(extent -> Math.max(extent, 0)).toArray());
    Tensor tensor =
        switch (type.getType()) {
          case FLOAT -> Tensor.ofFloats(null, floats(elements));
          case DOUBLE ->
              Tensor.ofDoubles(null, elements.stream().mapToDouble(e -> (Double) e).toArray());
          case INT -> Tensor.ofInts(null, elements.stream().mapToInt(e -> (Integer) e).toArray());
          case LONG -> Tensor.ofLongs(null, elements.stream().mapToLong(e -> (Long) e).toArray());
          case BOOLEAN -> Tensor.ofRaw(DataType.BOOL, null, bits(elements));
          default -> Tensor.ofStrings(null, elements.stream().map(ExpectedTensor::bytes).toList());
        };
    return rank > 1 ? tensor.withShape(shape) : tensor.withoutShape();
  }

  private static boolean collect(
      @Nullable Object value, int depth, int rank, List<Long> extents, List<Object> elements) {
    if (value == null) {
      return false;
    }
    if (depth == rank) {
      elements.add(value);
      return true;
    }
    List<?> items = (List<?>) value;
    for (Object item : items) {
      if (!collect(item, depth + 1, rank, extents, elements)) {
        return false;
      }
    }
    long before = extents.set(depth, (long) items.size());
    return before == -1 || before == items.size();
  }

  private static float[] floats(List<Object> elements) {
    float[] floats = new float[elements.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (Float) elements.get(i);
    }
    return floats;
  }

  private static byte[] bits(List<Object> elements) {
    byte[] bits = new byte[elements.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) ((Boolean) elements.get(i) ? 1 : 0);
    }
    return bits;
  }

  static byte[] bytes(Object element) {
    if (element instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return element instanceof GenericFixed fixed
        ? fixed.bytes()
        : element.toString().getBytes(UTF_8);
  }

  private ExpectedTensor() {}
}
