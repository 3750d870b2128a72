package io.embeddingexport.table;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;

/** The writer of each kind of column. */
final class ColumnWriters {

  static ColumnWriter of(FeatureColumn column) {
    long id = column.id();
    return switch (column.kind()) {
      case BINARY -> (value, record) -> binary(id, (boolean) value, record);
      case CONTINUOUS -> (value, record) -> record.continuous(id, ((Number) value).doubleValue());
      case DISCRETE -> (value, record) -> record.discrete(id, ((Number) value).longValue());
      case STRING -> (value, record) -> record.string(id, bytes((StringData) value));
      case BLOB -> (value, record) -> record.blob(id, Bytes.of((byte[]) value));
      case SPARSE_BINARY ->
          (value, record) -> record.sparseBinary(id, keys(column, (MapData) value));
      case SPARSE_CONTINUOUS -> sparseContinuous(column);
      case TENSOR -> new TensorColumnWriter(column);
    };
  }

  private static void binary(long id, boolean value, DataRecordWriter record) {
    if (value) {
      record.binary(id);
    }
  }

  static Bytes bytes(StringData text) {
    return Bytes.of(text.toBytes());
  }

  private static List<Bytes> keys(FeatureColumn column, MapData map) {
    ArrayData keys = map.keyArray();
    List<Bytes> values = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      requireNotNull(column, keys, i, "key");
      values.add(bytes(keys.getString(i)));
    }
    return values;
  }

  private static ColumnWriter sparseContinuous(FeatureColumn column) {
    boolean single = ((MapType) column.type()).getValueType().is(LogicalTypeRoot.FLOAT);
    return (value, record) -> {
      MapData map = (MapData) value;
      List<Bytes> keys = keys(column, map);
      ArrayData numbers = map.valueArray();
      Map<Bytes, Double> entries = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        requireNotNull(column, numbers, i, "value");
        entries.put(keys.get(i), single ? numbers.getFloat(i) : numbers.getDouble(i));
      }
      // libtwml refuses to write a feature without entries.
      if (!entries.isEmpty()) {
        record.sparseContinuous(column.id(), entries);
      }
    };
  }

  static void requireNotNull(FeatureColumn column, ArrayData values, int index, String what) {
    if (values.isNullAt(index)) {
      throw problem(column, what + " " + index + " is NULL, which a record cannot hold");
    }
  }

  static IllegalArgumentException problem(FeatureColumn column, String problem) {
    return new IllegalArgumentException(
        "column '" + column.name() + "' (feature " + column.id() + "): " + problem);
  }

  private ColumnWriters() {}
}
