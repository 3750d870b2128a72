package io.embeddingexport.table;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordView;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.jspecify.annotations.Nullable;

/** The reader of each kind of column. */
final class ColumnReaders {

  static ColumnReader of(FeatureColumn column) {
    return switch (column.kind()) {
      case BINARY -> record -> record.binary(column.id());
      case CONTINUOUS -> continuous(column);
      case DISCRETE -> record -> integer(column, record.discrete(column.id()));
      case STRING -> record -> text(column, record.string(column.id()));
      case BLOB -> record -> blob(record.blob(column.id()));
      case SPARSE_BINARY -> record -> multiset(column, record);
      case SPARSE_CONTINUOUS -> sparseContinuous(column);
      case TENSOR -> new TensorColumnReader(column);
    };
  }

  private static ColumnReader continuous(FeatureColumn column) {
    boolean single = column.type().is(LogicalTypeRoot.FLOAT);
    return record -> number(single, record.continuous(column.id()));
  }

  private static @Nullable Object number(boolean single, @Nullable Double value) {
    return value != null && single ? (Object) value.floatValue() : value;
  }

  private static @Nullable Object integer(FeatureColumn column, @Nullable Long boxed)
      throws CellException {
    if (boxed == null) {
      return null;
    }
    long value = boxed;
    LogicalTypeRoot type = column.type().getTypeRoot();
    Object narrow =
        switch (type) {
          case TINYINT -> (byte) value;
          case SMALLINT -> (short) value;
          case INTEGER -> (int) value;
          default -> boxed;
        };
    if (((Number) narrow).longValue() != value) {
      throw new CellException(column, "the value is outside the range of " + type);
    }
    return narrow;
  }

  static @Nullable StringData text(FeatureColumn column, @Nullable Bytes bytes)
      throws CellException {
    if (bytes == null) {
      return null;
    }
    if (bytes.utf8() == null) {
      throw new CellException(column, bytes + " that are not UTF-8; declare BYTES");
    }
    return StringData.fromBytes(bytes.toArray());
  }

  private static byte @Nullable [] blob(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.toArray();
  }

  private static @Nullable Object multiset(FeatureColumn column, DataRecordView record)
      throws CellException {
    Iterable<Bytes> values = record.sparseBinaryFeatures().get(column.id());
    if (values == null) {
      return null;
    }
    Map<StringData, Integer> counts = new HashMap<>();
    for (Bytes value : values) {
      counts.put(text(column, value), 1);
    }
    return new GenericMapData(counts);
  }

  private static ColumnReader sparseContinuous(FeatureColumn column) {
    boolean single = ((MapType) column.type()).getValueType().is(LogicalTypeRoot.FLOAT);
    return record -> {
      Map<Bytes, Double> values = record.sparseContinuousFeatures().get(column.id());
      if (values == null) {
        return null;
      }
      Map<StringData, Object> map = new HashMap<>();
      for (Map.Entry<Bytes, Double> value : values.entrySet()) {
        map.put(text(column, value.getKey()), number(single, value.getValue()));
      }
      return new GenericMapData(map);
    };
  }

  private ColumnReaders() {}
}
