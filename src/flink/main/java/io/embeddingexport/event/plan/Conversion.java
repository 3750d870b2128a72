package io.embeddingexport.event.plan;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.mapping.TensorSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Turns elements of an event into those of a record's tensor, as its {@link TensorSource} says.
 * Immutable.
 */
final class Conversion {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final @Nullable DataType stated;
  private final boolean scaled;
  private final double scale;
  private final long zeroPoint;

  Conversion(TensorSource tensor) {
    this.stated = tensor.dataType();
    this.scaled = tensor.isScaled();
    this.scale = tensor.scale();
    this.zeroPoint = tensor.zeroPoint();
  }

  /** The type that elements of {@code type} become. */
  DataType dataType(ElementType type) {
    if (stated != null) {
      return stated;
    }
    return scaled ? DataType.FLOAT : type.natural();
  }

  /** Whether the little-endian bytes of elements are those of the record. */
  boolean isCopy(ElementType type) {
    return !scaled && type.isSameAs(dataType(type));
  }

  /**
   * Converts a run of elements.
   *
   * @param stride bytes from the beginning of one element to that of the next
   * @param to where the converted elements begin in {@code target}, which has room for them
   * @throws BadEventException if an element does not fit the record's type
   */
  void convert(
      ElementType type,
      byte[] bytes,
      int from,
      int stride,
      int count,
      boolean bigEndian,
      byte[] target,
      int to)
      throws BadEventException {
    DataType dataType = dataType(type);
    int size = dataType.elementBytes();
    for (int i = 0; i < count; i++) {
      int at = from + i * stride;
      if (type.isFloatingPoint()) {
        convertReal(type, bytes, at, bigEndian, dataType, target, to + i * size);
      } else {
        put(ElementReader.whole(type, bytes, at, bigEndian), dataType, target, to + i * size);
      }
    }
  }

  private void convertReal(
      ElementType type,
      byte[] bytes,
      int at,
      boolean bigEndian,
      DataType dataType,
      byte[] target,
      int to)
      throws BadEventException {
    boolean small = type == ElementType.FLOAT16 || type == ElementType.BFLOAT16;
    if (small && dataType == DataType.FLOAT) {
      INT.set(target, to, ElementReader.floatBits(type, bytes, at, bigEndian));
    } else {
      put(ElementReader.real(type, bytes, at, bigEndian), dataType, target, to);
    }
  }

  /** Converts one whole number. */
  void put(long element, DataType dataType, byte[] target, int to) throws BadEventException {
    if (scaled) {
      // The difference of two longs may need 65 bits.
      put(((double) element - zeroPoint) * scale, dataType, target, to, false);
      return;
    }
    switch (dataType) {
      case FLOAT -> INT.set(target, to, Float.floatToRawIntBits(element));
      case DOUBLE -> LONG.set(target, to, Double.doubleToRawLongBits(element));
      case INT32 ->
          INT.set(
              target, to, (int) within(element, Integer.MIN_VALUE, Integer.MAX_VALUE, dataType));
      case INT64 -> LONG.set(target, to, element);
      case UINT8 -> target[to] = (byte) within(element, 0, 255, dataType);
      case BOOL -> target[to] = (byte) within(element, 0, 1, dataType);
      case STRING, BYTE -> throw unfit("a number", dataType);
    }
  }

  /** Converts one floating-point number. */
  void put(double element, DataType dataType, byte[] target, int to) throws BadEventException {
    put(element, dataType, target, to, scaled);
  }

  private void put(double element, DataType dataType, byte[] target, int to, boolean quantised)
      throws BadEventException {
    if (quantised) {
      throw new BadEventException(
          "has fractions, but scale and zero-point are for whole numbers; remove them");
    }
    switch (dataType) {
      case FLOAT -> INT.set(target, to, Float.floatToRawIntBits((float) element));
      case DOUBLE -> LONG.set(target, to, Double.doubleToRawLongBits(element));
      default -> throw unfit("a floating-point number", dataType);
    }
  }

  private static long within(long element, long least, long most, DataType dataType)
      throws BadEventException {
    if (element < least || element > most) {
      throw new BadEventException("has an element that is beyond the range of " + dataType);
    }
    return element;
  }

  private static BadEventException unfit(String element, DataType dataType) {
    return new BadEventException(
        "has " + element + ", which does not become " + dataType + "; correct its dtype");
  }
}
