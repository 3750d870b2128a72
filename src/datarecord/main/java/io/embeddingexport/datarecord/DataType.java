package io.embeddingexport.datarecord;

/** Element type of a tensor: the {@code DataType} enum of {@code thrift/datarecord.thrift}. */
public enum DataType {
  FLOAT(0, 4),
  DOUBLE(1, 8),
  INT32(2, 4),
  INT64(3, 8),
  UINT8(4, 1),
  /** Elements of any length; {@link #elementBytes()} is 0. */
  STRING(5, 0),
  /** In the Thrift schema, but libtwml neither writes nor reads it, so neither do we. */
  BYTE(6, 1),
  BOOL(7, 1);

  private static final DataType[] BY_CODE = values();

  private final int code;
  private final int elementBytes;

  DataType(int code, int elementBytes) {
    this.code = code;
    this.elementBytes = elementBytes;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** Bytes of one element in a raw payload; 0 for {@link #STRING}. */
  public int elementBytes() {
    return elementBytes;
  }

  /** False for {@link #BYTE}, which is only in the schema. */
  public boolean isSupported() {
    return this != BYTE;
  }

  /** Whether elements are IEEE 754 numbers, which can be NaN or infinite. */
  public boolean isFloatingPoint() {
    return this == FLOAT || this == DOUBLE;
  }

  /** The supported type with that wire code; null if there is none. */
  public static @org.jspecify.annotations.Nullable DataType ofCode(int code) {
    return code >= 0 && code < BY_CODE.length && code != BYTE.code ? BY_CODE[code] : null;
  }
}
