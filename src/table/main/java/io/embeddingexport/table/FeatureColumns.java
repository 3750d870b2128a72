package io.embeddingexport.table;

import static io.embeddingexport.table.DataRecordFormatOptions.KEYS;
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
import java.util.Collection;
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
  private final ColumnList keys;
  private final ColumnList shapes;
  private final ColumnList scalarTensors;
  private final ColumnList typedTensors;

  private FeatureColumns(ColumnOptions options, Collection<String> names) {
    keys = ColumnList.parse(KEYS.key(), options.keys(), true, names, problems);
    shapes = ColumnList.parse(SHAPES.key(), options.shapes(), true, names, problems);
    scalarTensors =
        ColumnList.parse(SCALAR_TENSORS.key(), options.scalarTensors(), false, names, problems);
    typedTensors =
        ColumnList.parse(TYPED_TENSORS.key(), options.typedTensors(), false, names, problems);
  }

  /**
   * The columns of a table, or those of them that a query needs.
   *
   * @param row the columns that are read or written
   * @param names of the whole table's columns, which the options may name
   * @throws ValidationException if one stands for no feature, or an option is wrong
   */
  static List<FeatureColumn> of(RowType row, Collection<String> names, ColumnOptions options) {
    FeatureColumns parser = new FeatureColumns(options, names);
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
      boolean scalar = scalarTensors.has(name);
      FeatureKind kind = scalar ? FeatureKind.TENSOR : SqlTypes.kind(type);
      if (kind == null) {
        throw new IllegalArgumentException(
            "type " + type.asSummaryString() + " has no counterpart in a record" + SqlTypes.hint(type));
      }
      TensorSpec tensor = kind == FeatureKind.TENSOR ? tensor(name, type, scalar) : null;
      for (ColumnList list : List.of(shapes, typedTensors)) {
        if (tensor == null && list.has(name)) {
          throw new IllegalArgumentException("is no tensor, but is listed in '" + list.option() + "'");
        }
      }
      return new FeatureColumn(name, id(name), type, kind, tensor);
    } catch (IllegalArgumentException e) {
      problems.add("column '" + name + "': " + e.getMessage());
      return null;
    }
  }

  private long id(String column) {
    String stated = keys.value(column);
    String key = stated == null ? column : stated;
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
    TensorEncoding encoding = TensorEncoding.standard(dataType);
    if (typedTensors.has(name)) {
      encoding = TensorEncoding.typed(dataType);
      if (encoding == null) {
        throw new IllegalArgumentException("there is no typed tensor of " + dataType);
      }
    }
    return new TensorSpec(depth, leaf, dataType, shape(name, depth), encoding);
  }

  private Shape shape(String name, int depth) {
    String stated = shapes.value(name);
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
