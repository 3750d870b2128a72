package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.ThriftType;
import org.jspecify.annotations.Nullable;

/** A tensor's encoding on the wire: a field of the {@code GeneralTensor} union. */
public enum TensorEncoding {
  /** {@code RawTypedTensor}: little-endian bytes, libtwml's encoding of every numeric tensor. */
  RAW(1, null, ThriftType.STRING, 0),
  STRING(2, DataType.STRING, ThriftType.STRING, 0),
  INT32(3, DataType.INT32, ThriftType.I32, 4),
  INT64(4, DataType.INT64, ThriftType.I64, 8),
  /** {@code FloatTensor}: a list of doubles, since Thrift has no 32-bit float. */
  FLOAT(5, DataType.FLOAT, ThriftType.DOUBLE, 8),
  DOUBLE(6, DataType.DOUBLE, ThriftType.DOUBLE, 8),
  BOOL(7, DataType.BOOL, ThriftType.BOOL, 1);

  private static final TensorEncoding[] BY_FIELD = values();

  private final int fieldId;
  private final @Nullable DataType dataType;
  private final byte elementType;
  private final int elementBytes;

  TensorEncoding(int fieldId, @Nullable DataType dataType, byte elementType, int elementBytes) {
    this.fieldId = fieldId;
    this.dataType = dataType;
    this.elementType = elementType;
    this.elementBytes = elementBytes;
  }

  /** Field id in the union. */
  public int fieldId() {
    return fieldId;
  }

  /**
   * Whether elements are a Thrift list of big-endian numbers: neither {@link #RAW} nor {@link
   * #STRING}.
   */
  public boolean isTyped() {
    return elementBytes > 0;
  }

  /** The element type this encoding implies; null for {@link #RAW}, which carries its own. */
  public @Nullable DataType dataType() {
    return dataType;
  }

  /** Thrift type of the list's elements; meaningless for {@link #RAW}. */
  byte elementType() {
    return elementType;
  }

  /** Bytes of an element on the wire; 0 if the encoding does not fix it. */
  int elementBytes() {
    return elementBytes;
  }

  /** The union field with that id; null if libtwml knows none. */
  static @Nullable TensorEncoding ofFieldId(int fieldId) {
    return fieldId >= 1 && fieldId <= BY_FIELD.length ? BY_FIELD[fieldId - 1] : null;
  }

  /** The typed encoding of that element type; null if it has none (UINT8, STRING, BYTE). */
  public static @Nullable TensorEncoding typed(DataType dataType) {
    return switch (dataType) {
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case INT32 -> INT32;
      case INT64 -> INT64;
      case BOOL -> BOOL;
      case UINT8, STRING, BYTE -> null;
    };
  }

  /** libtwml's encoding for that element type. */
  public static TensorEncoding standard(DataType dataType) {
    return dataType == DataType.STRING ? STRING : RAW;
  }
}
