package io.embeddingexport.event.mapping;

import io.embeddingexport.datarecord.DataType;
import java.util.Locale;

/**
 * The types of elements in events: more than a record has. Bytes are little-endian if not stated.
 */
public enum ElementType {
  FLOAT32(4, DataType.FLOAT),
  FLOAT64(8, DataType.DOUBLE),
  /** IEEE 754 binary16. */
  FLOAT16(2, DataType.FLOAT),
  /** The upper half of a FLOAT32. */
  BFLOAT16(2, DataType.FLOAT),
  INT8(1, DataType.INT32),
  UINT8(1, DataType.UINT8),
  INT16(2, DataType.INT32),
  UINT16(2, DataType.INT32),
  INT32(4, DataType.INT32),
  UINT32(4, DataType.INT64),
  INT64(8, DataType.INT64),
  BOOL(1, DataType.BOOL);

  private final int bytes;
  private final DataType natural;
  private final String label = name().toLowerCase(Locale.ROOT);

  ElementType(int bytes, DataType natural) {
    this.bytes = bytes;
    this.natural = natural;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The smallest type of a record that holds every value. */
  public DataType natural() {
    return natural;
  }

  public boolean isFloatingPoint() {
    return natural.isFloatingPoint();
  }

  /** Whether an element has the same bytes in a record's tensor of {@code dataType}. */
  public boolean isSameAs(DataType dataType) {
    return natural == dataType && bytes == dataType.elementBytes();
  }

  /** The name in mappings: {@code float16}. */
  public String label() {
    return label;
  }

  /** The type of a record's elements as a type of an event's. */
  public static ElementType of(DataType dataType) {
    return switch (dataType) {
      case FLOAT -> FLOAT32;
      case DOUBLE -> FLOAT64;
      case INT32 -> INT32;
      case INT64 -> INT64;
      case UINT8 -> UINT8;
      case BOOL -> BOOL;
      case STRING, BYTE ->
          throw new IllegalArgumentException(dataType + " is not a type of numbers");
    };
  }
}
