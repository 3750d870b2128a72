package io.embeddingexport.event.mapping;

import io.embeddingexport.datarecord.DataType;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One tensor of an event.
 *
 * @param name of the key it belongs to
 * @param dataType of the record's tensor; null: what holds the event's elements exactly
 * @param elementType of elements that are sent as bytes; null: the same as {@code dataType}, or
 *     FLOAT32
 * @param order of elements that are sent as bytes
 * @param scale 1 if elements are values; else a value is (element − {@code zeroPoint}) × {@code
 *     scale}
 */
public record TensorSource(
    String name,
    ValueSource source,
    @Nullable DataType dataType,
    @Nullable ElementType elementType,
    ByteOrder order,
    double scale,
    long zeroPoint) {

  /** A tensor whose elements are taken as they are. */
  public TensorSource(String name, ValueSource source) {
    this(name, source, null, null, ByteOrder.LITTLE_ENDIAN, 1, 0);
  }

  /** The same tensor from another source. */
  public TensorSource at(ValueSource other) {
    return new TensorSource(name, other, dataType, elementType, order, scale, zeroPoint);
  }

  /** Whether elements are quantised values. */
  public boolean isScaled() {
    return scale != 1 || zeroPoint != 0;
  }

  /**
   * Why elements of a schema's type cannot become those of the record's tensor; null if they can.
   *
   * @param type null: they are strings
   */
  public @Nullable String misfit(@Nullable ElementType type) {
    if (type == null || dataType == DataType.STRING) {
      boolean fits = type == null && (dataType == null || dataType == DataType.STRING);
      return fits && !isScaled()
          ? null
          : "has "
              + (type == null ? "strings" : "numbers")
              + ", which do not become "
              + (fits || dataType == null ? "scaled numbers" : dataType)
              + "; correct its dtype";
    }
    if (!type.isFloatingPoint()) {
      return null;
    }
    if (isScaled()) {
      return "has fractions, but scale and zero-point are for whole numbers; remove them";
    }
    return dataType == null || dataType.isFloatingPoint()
        ? null
        : "has floating-point numbers, which do not become " + dataType + "; correct its dtype";
  }

  /** The type of elements that are sent as bytes. */
  public ElementType bytesOf() {
    if (elementType != null) {
      return elementType;
    }
    return dataType == null || dataType == DataType.STRING
        ? ElementType.FLOAT32
        : ElementType.of(dataType);
  }
}
