package io.embeddingexport.datarecord;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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

  /**
   * The supported types by the names that people write, in lower case: {@code float}, and numpy's
   * {@code float32}. The names of this enum come first.
   */
  public static final Map<String, DataType> BY_NAME = byName();

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

  private static Map<String, DataType> byName() {
    Map<String, DataType> names = new LinkedHashMap<>();
    for (DataType type : values()) {
      if (type.isSupported()) {
        names.put(type.name().toLowerCase(Locale.ROOT), type);
      }
    }
    names.put("float32", FLOAT);
    names.put("float64", DOUBLE);
    return Collections.unmodifiableMap(names);
  }

  /** The supported type with that wire code; null if there is none. */
  public static @org.jspecify.annotations.Nullable DataType ofCode(int code) {
    return code >= 0 && code < BY_CODE.length && code != BYTE.code ? BY_CODE[code] : null;
  }
}
