package io.embeddingexport.table;

import io.embeddingexport.datarecord.DataType;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.jspecify.annotations.Nullable;

/** What SQL's types are in a record. */
final class SqlTypes {

  /** The kind of feature that a column of {@code type} stands for; null if there is none. */
  static @Nullable FeatureKind kind(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> FeatureKind.BINARY;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> FeatureKind.DISCRETE;
      case FLOAT, DOUBLE -> FeatureKind.CONTINUOUS;
      case CHAR, VARCHAR -> FeatureKind.STRING;
      case BINARY, VARBINARY -> FeatureKind.BLOB;
      case ARRAY -> FeatureKind.TENSOR;
      case MULTISET ->
          isText(((MultisetType) type).getElementType()) ? FeatureKind.SPARSE_BINARY : null;
      case MAP -> isSparseContinuous((MapType) type) ? FeatureKind.SPARSE_CONTINUOUS : null;
      default -> null;
    };
  }

  private static boolean isSparseContinuous(MapType type) {
    LogicalTypeRoot value = type.getValueType().getTypeRoot();
    return isText(type.getKeyType())
        && (value == LogicalTypeRoot.DOUBLE || value == LogicalTypeRoot.FLOAT);
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING);
  }

  /** What to write instead of a type without a counterpart. */
  static String hint(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case DECIMAL -> ": CAST it to DOUBLE or BIGINT";
      case DATE,
          TIME_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITHOUT_TIME_ZONE,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          TIMESTAMP_WITH_TIME_ZONE ->
          ": use BIGINT, such as milliseconds since the epoch";
      case MAP -> ": MAP<STRING, DOUBLE> has one";
      case MULTISET -> ": MULTISET<STRING> has one";
      default -> "";
    };
  }

  /** The element type of a tensor with elements of {@code leaf}; null if there is none. */
  static @Nullable DataType element(LogicalType leaf) {
    return switch (leaf.getTypeRoot()) {
      case FLOAT -> DataType.FLOAT;
      case DOUBLE -> DataType.DOUBLE;
      case INTEGER -> DataType.INT32;
      case BIGINT -> DataType.INT64;
      case SMALLINT -> DataType.UINT8;
      case BOOLEAN -> DataType.BOOL;
      case CHAR, VARCHAR, BINARY, VARBINARY -> DataType.STRING;
      default -> null;
    };
  }

  /** What to write instead of a leaf without an element type. */
  static String elementHint(LogicalType leaf) {
    return switch (leaf.getTypeRoot()) {
      case TINYINT -> ": use SMALLINT for UINT8, which is 0 to 255";
      case DECIMAL -> ": use FLOAT or DOUBLE";
      default -> "";
    };
  }

  /** Levels of ARRAY around the leaf. */
  static int depth(LogicalType type) {
    return type instanceof ArrayType array ? 1 + depth(array.getElementType()) : 0;
  }

  static LogicalType leaf(LogicalType type) {
    return type instanceof ArrayType array ? leaf(array.getElementType()) : type;
  }

  private SqlTypes() {}
}
