package io.embeddingexport.datarecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds NaN and infinities: IEEE 754 numbers whose exponent bits are all ones. */
public final class FiniteCheck {
  private static final long TWO_FLOAT_EXPONENTS = 0x7f800000_7f800000L;
  private static final long TWO_FLOAT_ULPS = 0x00800000_00800000L;
  private static final long TWO_SIGNS = 0x80000000_80000000L;
  private static final long DOUBLE_EXPONENT = 0x7ff00000_00000000L;

  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * Index of the first element of a FLOAT or DOUBLE tensor that is NaN or infinite, or that becomes
   * so as a 32-bit float in the record; -1 if there is none, or for another element type.
   */
  public static int firstNonFinite(Tensor tensor) {
    if (!tensor.dataType().isFloatingPoint()) {
      return -1;
    }
    if (tensor.encoding() == TensorEncoding.RAW && tensor.dataType() == DataType.FLOAT) {
      return firstInRawFloats(tensor.bytes(), tensor.contentOffset(), tensor.elementCount());
    }
    return firstInDoubles(tensor);
  }

  /** Whether all these little-endian floats are finite. */
  static boolean areFinite(byte[] bytes, int from, int count) {
    return firstInRawFloats(bytes, from, count) < 0;
  }

  /**
   * Checks two floats per step: an exponent of all ones, plus one ulp of it, carries into the sign
   * bit.
   */
  private static int firstInRawFloats(byte[] bytes, int from, int count) {
    long carries = 0;
    int pairs = count & ~1;
    for (int i = 0; i < pairs; i += 2) {
      long two = (long) LITTLE_LONG.get(bytes, from + 4 * i);
      carries |= (two & TWO_FLOAT_EXPONENTS) + TWO_FLOAT_ULPS;
    }
    int i = (carries & TWO_SIGNS) != 0 ? 0 : pairs;
    while (i < count && Float.isFinite((float) FLOAT.get(bytes, from + 4 * i))) {
      i++;
    }
    return i < count ? i : -1;
  }

  private static int firstInDoubles(Tensor tensor) {
    boolean raw = tensor.encoding() == TensorEncoding.RAW;
    boolean floats = tensor.dataType() == DataType.FLOAT;
    byte[] bytes = tensor.bytes();
    for (int i = 0; i < tensor.elementCount(); i++) {
      int at = tensor.contentOffset() + 8 * i;
      long bits = raw ? (long) LITTLE_LONG.get(bytes, at) : (long) BIG_LONG.get(bytes, at);
      if ((bits & DOUBLE_EXPONENT) == DOUBLE_EXPONENT
          || (floats && !Float.isFinite((float) Double.longBitsToDouble(bits)))) {
        return i;
      }
    }
    return -1;
  }

  private FiniteCheck() {}
}
