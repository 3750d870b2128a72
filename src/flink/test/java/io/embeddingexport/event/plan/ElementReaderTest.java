package io.embeddingexport.event.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.mapping.ElementType;
import org.junit.jupiter.api.Test;

/** All patterns of the small types, against values computed from the definition of the format. */
class ElementReaderTest {

  @Test
  void everyFloat16ShouldHaveItsExactValue() {
    for (int pattern = 0; pattern < 1 << 16; pattern++) {
      double expected = value(pattern, 5, 10);
      float read = Float.intBitsToFloat(bits(ElementType.FLOAT16, pattern));
      if (Double.isNaN(expected)) {
        assertThat(read).as("%04x", pattern).isNaN();
        int payload = bits(ElementType.FLOAT16, pattern) >>> 13 & 0x3ff;
        assertThat(payload).as("the payload of NaN %04x", pattern).isEqualTo(pattern & 0x3ff);
      } else {
        assertThat((double) read).as("%04x", pattern).isEqualTo(expected);
      }
      assertThat(bits(ElementType.FLOAT16, pattern) >>> 31)
          .as("the sign of %04x", pattern)
          .isEqualTo(pattern >>> 15);
    }
  }

  @Test
  void everyBfloat16ShouldHaveItsExactValue() {
    for (int pattern = 0; pattern < 1 << 16; pattern++) {
      double expected = value(pattern, 8, 7);
      float read = Float.intBitsToFloat(bits(ElementType.BFLOAT16, pattern));
      if (Double.isNaN(expected)) {
        assertThat(read).as("%04x", pattern).isNaN();
      } else {
        assertThat((double) read).as("%04x", pattern).isEqualTo(expected);
      }
    }
  }

  @Test
  void everyByteShouldBeReadWithAndWithoutItsSign() {
    for (int pattern = 0; pattern < 256; pattern++) {
      byte[] bytes = {(byte) pattern};
      assertThat(ElementReader.whole(ElementType.UINT8, bytes, 0, true)).isEqualTo(pattern);
      assertThat(ElementReader.whole(ElementType.INT8, bytes, 0, false))
          .isEqualTo(pattern < 128 ? pattern : pattern - 256);
    }
  }

  @Test
  void everyPairOfBytesShouldBeReadWithAndWithoutItsSign() {
    for (int pattern = 0; pattern < 1 << 16; pattern++) {
      byte[] little = {(byte) pattern, (byte) (pattern >>> 8)};
      byte[] big = {(byte) (pattern >>> 8), (byte) pattern};
      assertThat(ElementReader.whole(ElementType.UINT16, little, 0, false)).isEqualTo(pattern);
      assertThat(ElementReader.whole(ElementType.UINT16, big, 0, true)).isEqualTo(pattern);
      int signed = pattern < 1 << 15 ? pattern : pattern - (1 << 16);
      assertThat(ElementReader.whole(ElementType.INT16, little, 0, false)).isEqualTo(signed);
      assertThat(ElementReader.whole(ElementType.INT16, big, 0, true)).isEqualTo(signed);
    }
  }

  @Test
  void unsignedIntsShouldBeReadWithoutASign() {
    byte[] bytes = {(byte) 0xfe, -1, -1, -1};
    assertThat(ElementReader.whole(ElementType.UINT32, bytes, 0, false)).isEqualTo(4294967294L);
    assertThat(ElementReader.whole(ElementType.UINT32, bytes, 0, true)).isEqualTo(4278190079L);
  }

  /** Both byte orders must agree. */
  private static int bits(ElementType type, int pattern) {
    byte[] little = {(byte) pattern, (byte) (pattern >>> 8)};
    byte[] big = {(byte) (pattern >>> 8), (byte) pattern};
    int bits = ElementReader.floatBits(type, little, 0, false);
    assertThat(ElementReader.floatBits(type, big, 0, true)).isEqualTo(bits);
    return bits;
  }

  /** IEEE 754: sign, biased exponent, fraction. */
  private static double value(int pattern, int exponentBits, int fractionBits) {
    int bias = (1 << exponentBits - 1) - 1;
    int exponent = pattern >> fractionBits & (1 << exponentBits) - 1;
    double fraction = (pattern & (1 << fractionBits) - 1) / (double) (1 << fractionBits);
    double sign = pattern >> 15 == 0 ? 1 : -1;
    if (exponent == (1 << exponentBits) - 1) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb(fraction, 1 - bias)
        : sign * Math.scalb(1 + fraction, exponent - bias);
  }
}
