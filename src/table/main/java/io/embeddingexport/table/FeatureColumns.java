package io.embeddingexport.table;

import static io.embeddingexport.table.DataRecordFormatOptions.SCALAR_TENSORS;
import static io.embeddingexport.table.DataRecordFormatOptions.SHAPES;
import static io.embeddingexport.table.DataRecordFormatOptions.TYPED_TENSORS;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.table.FeatureColumn.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** Finds out which feature each column of a table stands for, and names every problem at once. */
final class FeatureColumns {
  private final List<String> problems = new ArrayList<>();
  private final ColumnOptions options;

  private FeatureColumns(ColumnOptions options) {
    this.options = options;
  }

  /**
   * The columns of a table, or those of them that a query needs.
   *
   * @param row the columns that are read or written
   * @throws ValidationException if one stands for no feature; it has every problem
   */
  static List<FeatureColumn> of(RowType row, ColumnOptions options) {
    FeatureColumns parser = new FeatureColumns(options);
    List<FeatureColumn> columns = new ArrayList<>();
    for (RowType.RowField field : row.getFields()) {
      FeatureColumn column = parser.column(field.getName(), field.getType());
      if (column != null) {
        columns.add(column);
      }
    }
    parser.requireOneColumnAFeature(columns);
    if (!parser.problems.isEmpty()) {
      throw new ValidationException(
          "Format 'datarecord': " + String.join("; ", parser.problems) + ".");
    }
    return List.copyOf(columns);
  }

  private @Nullable FeatureColumn column(String name, LogicalType type) {
    try {
      boolean scalar = options.scalarTensors().contains(name);
      FeatureKind kind = scalar ? FeatureKind.TENSOR : SqlTypes.kind(type);
      if (kind == null) {
        throw new IllegalArgumentException(
            "type "
                + type.asSummaryString()
                + " has no counterpart in a record"
                + SqlTypes.hint(type));
      }
      if (kind != FeatureKind.TENSOR) {
        requireNoTensor(name);
      }
      TensorSpec tensor = kind == FeatureKind.TENSOR ? tensor(name, type, scalar) : null;
      return new FeatureColumn(name, id(name), type, kind, tensor);
    } catch (IllegalArgumentException e) {
      problems.add("column '" + name + "': " + e.getMessage());
      return null;
    }
  }

  private void requireNoTensor(String name) {
    DataType described = options.dataTypes().get(name);
    if (described != null) {
      throw new IllegalArgumentException(
          "is a tensor of "
              + described
              + " and shape "
              + options.shapes().get(name)
              + " in the key config; declare an ARRAY");
    }
    String listed =
        options.shapes().containsKey(name)
            ? SHAPES.key()
            : options.typedTensors().contains(name) ? TYPED_TENSORS.key() : "";
    if (!listed.isEmpty()) {
      throw new IllegalArgumentException("is no tensor, but is listed in '" + listed + "'");
    }
  }

  private long id(String column) {
    String key = options.keys().getOrDefault(column, column);
    return key.matches("-?\\d+") ? parseId(key) : FeatureId.of(key);
  }

  private static long parseId(String key) {
    try {
      return Long.parseLong(key);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("key " + key + " is no signed 64-bit integer", e);
    }
  }

  private TensorSpec tensor(String name, LogicalType type, boolean scalar) {
    int depth = SqlTypes.depth(type);
    if (scalar && depth > 0) {
      throw new IllegalArgumentException(
          "is an ARRAY, which is a tensor anyway: take it out of '" + SCALAR_TENSORS.key() + "'");
    }
    LogicalType leaf = SqlTypes.leaf(type);
    DataType dataType = SqlTypes.element(leaf);
    if (dataType == null) {
      throw new IllegalArgumentException(
          "no tensor has elements of " + leaf.asSummaryString() + SqlTypes.elementHint(leaf));
    }
    DataType described = options.dataTypes().get(name);
    if (described != null && described != dataType) {
      throw new IllegalArgumentException(
          "has elements of " + dataType + "; the key config says " + described);
    }
    TensorEncoding encoding = TensorEncoding.standard(dataType);
    if (options.typedTensors().contains(name)) {
      encoding = TensorEncoding.typed(dataType);
      if (encoding == null) {
        throw new IllegalArgumentException("there is no typed tensor of " + dataType);
      }
    }
    return new TensorSpec(depth, leaf, dataType, shape(name, depth), encoding);
  }

  private Shape shape(String name, int depth) {
    String stated = options.shapes().get(name);
    if (stated == null) {
      long[] dims = new long[depth];
      Arrays.fill(dims, Shape.ANY);
      return Shape.of(dims);
    }
    Shape shape = parseShape(stated);
    if (depth == 0 && !(shape.isFixed() && shape.fixedElementCount() == 1)) {
      throw new IllegalArgumentException("is one element; shape " + shape + " is another number");
    }
    if (depth > 1 && shape.rank() != depth) {
      throw new IllegalArgumentException(
          "has " + depth + " levels of ARRAY; shape " + shape + " has rank " + shape.rank());
    }
    return shape;
  }

  private static Shape parseShape(String text) {
    if (!text.matches("\\[\\s*(-?\\d{1,18}(\\s*,\\s*-?\\d{1,18})*)?\\s*]")) {
      throw new IllegalArgumentException("shape '" + text + "' is not of the form [2,3]");
    }
    String dims = text.substring(1, text.length() - 1).strip();
    return Shape.of(
        dims.isEmpty()
            ? new long[0]
            : Arrays.stream(dims.split(","))
                .map(String::strip)
                .mapToLong(Long::parseLong)
                .toArray());
  }

  private void requireOneColumnAFeature(List<FeatureColumn> columns) {
    Map<Object, String> seen = new HashMap<>();
    for (FeatureColumn column : columns) {
      String other = seen.put(List.of(column.kind(), column.id()), column.name());
      if (other != null) {
        problems.add(
            "columns '"
                + other
                + "' and '"
                + column.name()
                + "' stand for the same feature, "
                + column.id());
      }
    }
  }
}
