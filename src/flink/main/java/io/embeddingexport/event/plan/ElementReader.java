package io.embeddingexport.event.plan;

import io.embeddingexport.event.mapping.ElementType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads one element of bytes. Stateless. */
public final class ElementReader {
  // A handle in an array would be no constant to the compiler, and many times slower.
  private static final VarHandle SHORT = little(short[].class);
  private static final VarHandle INT = little(int[].class);
  private static final VarHandle LONG = little(long[].class);

  private static final int FLOAT16_FRACTION_BITS = 10;
  private static final int FLOAT16_FRACTION = (1 << FLOAT16_FRACTION_BITS) - 1;
  private static final int FLOAT16_EXPONENT = 0x1f;
  private static final int FLOAT_FRACTION_BITS = 23;
  private static final int BIAS_DIFFERENCE = 127 - 15;

  private static VarHandle little(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  private static short shortAt(byte[] bytes, int at, boolean bigEndian) {
    short value = (short) SHORT.get(bytes, at);
    return bigEndian ? Short.reverseBytes(value) : value;
  }

  private static int intAt(byte[] bytes, int at, boolean bigEndian) {
    int value = (int) INT.get(bytes, at);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  private static long longAt(byte[] bytes, int at, boolean bigEndian) {
    long value = (long) LONG.get(bytes, at);
    return bigEndian ? Long.reverseBytes(value) : value;
  }

  /** The element as a double. Exact except for INT64. */
  static double real(ElementType type, byte[] bytes, int at, boolean bigEndian) {
    return switch (type) {
      case FLOAT32 -> Float.intBitsToFloat(intAt(bytes, at, bigEndian));
      case FLOAT64 -> Double.longBitsToDouble(longAt(bytes, at, bigEndian));
      case FLOAT16, BFLOAT16 -> Float.intBitsToFloat(floatBits(type, bytes, at, bigEndian));
      default -> whole(type, bytes, at, bigEndian);
    };
  }

  /** The bits of a 16-bit floating-point element as a 32-bit float; a NaN keeps its bits. */
  static int floatBits(ElementType type, byte[] bytes, int at, boolean bigEndian) {
    short bits = shortAt(bytes, at, bigEndian);
    return type == ElementType.BFLOAT16 ? bits << Short.SIZE : float16Bits(bits);
  }

  /** The whole number of an element that is no floating-point number. */
  public static long whole(ElementType type, byte[] bytes, int at, boolean bigEndian) {
    return switch (type) {
      case INT8 -> bytes[at];
      case UINT8, BOOL -> bytes[at] & 0xff;
      case INT16 -> shortAt(bytes, at, bigEndian);
      case UINT16 -> shortAt(bytes, at, bigEndian) & 0xffff;
      case INT32 -> intAt(bytes, at, bigEndian);
      case UINT32 -> intAt(bytes, at, bigEndian) & 0xffffffffL;
      case INT64 -> longAt(bytes, at, bigEndian);
      default -> throw new IllegalArgumentException(type + " is not a type of whole numbers");
    };
  }

  /**
   * Copies elements, which have other bytes between them, one behind the other.
   *
   * @param size of an element: 1, 4 or 8 bytes
   * @param stride bytes from the beginning of one element to that of the next
   */
  static void gather(
      int size, byte[] bytes, int from, int stride, int count, byte[] target, int to) {
    switch (size) {
      case Integer.BYTES -> {
        for (int i = 0; i < count; i++) {
          INT.set(target, to + i * Integer.BYTES, (int) INT.get(bytes, from + i * stride));
        }
      }
      case Long.BYTES -> {
        for (int i = 0; i < count; i++) {
          LONG.set(target, to + i * Long.BYTES, (long) LONG.get(bytes, from + i * stride));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target[to + i] = bytes[from + i * stride];
        }
      }
    }
  }

  /** IEEE 754 binary16 as binary32: every value is exact. */
  private static int float16Bits(short bits) {
    int sign = (bits & 0x8000) << Short.SIZE;
    int exponent = bits >>> FLOAT16_FRACTION_BITS & FLOAT16_EXPONENT;
    int fraction = bits & FLOAT16_FRACTION;
    if (exponent == FLOAT16_EXPONENT) {
      return sign | 0x7f800000 | fraction << FLOAT_FRACTION_BITS - FLOAT16_FRACTION_BITS;
    }
    if (exponent == 0) {
      // A subnormal number is its fraction times 2^-24; zero keeps its sign.
      return sign | Float.floatToRawIntBits(fraction * 0x1p-24f);
    }
    return sign
        | exponent + BIAS_DIFFERENCE << FLOAT_FRACTION_BITS
        | fraction << FLOAT_FRACTION_BITS - FLOAT16_FRACTION_BITS;
  }

  private ElementReader() {}
}
