package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import org.jspecify.annotations.Nullable;

/** The nine fields of {@code DataRecord}; libtwml's reader throws on any other. */
enum DataRecordField {
  /** A set of ids; the others are maps from an id. */
  BINARY(1, ThriftType.I64),
  CONTINUOUS(2, ThriftType.DOUBLE),
  DISCRETE(3, ThriftType.I64),
  STRING(4, ThriftType.STRING),
  SPARSE_BINARY(5, ThriftType.SET),
  SPARSE_CONTINUOUS(6, ThriftType.MAP),
  BLOB(7, ThriftType.STRING),
  TENSORS(8, ThriftType.STRUCT),
  SPARSE_TENSORS(9, ThriftType.STRUCT);

  static final int COUNT = values().length;

  private static final DataRecordField[] BY_ID = values();

  private final int id;
  private final byte valueType;

  DataRecordField(int id, byte valueType) {
    this.id = id;
    this.valueType = valueType;
  }

  int id() {
    return id;
  }

  /** Thrift type of the whole field. */
  byte type() {
    return this == BINARY ? ThriftType.SET : ThriftType.MAP;
  }

  /** Thrift type of the set's elements, or of the map's values. */
  byte valueType() {
    return valueType;
  }

  /** Reads the header of the field's entries, and returns their number. */
  int readCount(ThriftReader in) throws MalformedThriftException {
    return this == BINARY
        ? in.readListHeader(ThriftType.I64)
        : in.readMapHeader(ThriftType.I64, valueType);
  }

  /** The field with that id; null if there is none. */
  static @Nullable DataRecordField ofId(int id) {
    return id >= 1 && id <= BY_ID.length ? BY_ID[id - 1] : null;
  }
}
