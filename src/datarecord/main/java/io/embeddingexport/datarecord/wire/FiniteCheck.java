package io.embeddingexport.datarecord.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Internal. Finds NaN and infinities: IEEE 754 numbers whose exponent bits are all ones. Each
 * method returns the index of the first such number; -1 if there is none.
 */
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
   * Looks at little-endian floats, two per step: an exponent of all ones, plus one ulp of it,
   * carries into the sign bit.
   */
  public static int firstInFloats(byte[] bytes, int from, int count) {
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

  /** Looks at little-endian doubles. */
  public static int firstInDoubles(byte[] bytes, int from, int count) {
    for (int i = 0; i < count; i++) {
      if (!isFinite((long) LITTLE_LONG.get(bytes, from + 8 * i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Looks at the big-endian doubles of a Thrift list.
   *
   * @param asFloats whether a number that is too large for a 32-bit float counts as infinite
   */
  public static int firstInList(byte[] bytes, int from, int count, boolean asFloats) {
    for (int i = 0; i < count; i++) {
      long bits = (long) BIG_LONG.get(bytes, from + 8 * i);
      if (!isFinite(bits) || (asFloats && !Float.isFinite((float) Double.longBitsToDouble(bits)))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isFinite(long doubleBits) {
    return (doubleBits & DOUBLE_EXPONENT) != DOUBLE_EXPONENT;
  }

  private FiniteCheck() {}
}
