package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FiniteCheckTest {

  @Property(tries = 500)
  void theFirstNonFiniteFloatShouldBeFoundWhateverItsBits(@ForAll int[] bits) {
    float[] floats = new float[bits.length];
    int first = -1;
    for (int i = 0; i < bits.length; i++) {
      floats[i] = Float.intBitsToFloat(bits[i]);
      first = first < 0 && !Float.isFinite(floats[i]) ? i : first;
    }

    assertThat(FiniteCheck.firstNonFinite(Tensor.ofFloats(null, floats))).isEqualTo(first);
  }

  @Example
  void eachNonFiniteFloatShouldBeFoundAtEachPosition() {
    for (float bad :
        new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -Float.NaN}) {
      for (int length = 1; length < 9; length++) {
        for (int at = 0; at < length; at++) {
          float[] floats = new float[length];
          Arrays.fill(floats, -Float.MAX_VALUE);
          floats[at] = bad;
          Tensor raw = Tensor.ofFloats(null, floats);

          assertThat(FiniteCheck.firstNonFinite(raw)).isEqualTo(at);
          assertThat(FiniteCheck.firstNonFinite(raw.as(TensorEncoding.FLOAT))).isEqualTo(at);
        }
      }
    }
  }

  @Example
  void doublesShouldBeFoundInBothEncodings() {
    Tensor raw = Tensor.ofDoubles(null, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.NaN);

    assertThat(FiniteCheck.firstNonFinite(raw)).isEqualTo(1);
    assertThat(FiniteCheck.firstNonFinite(raw.as(TensorEncoding.DOUBLE))).isEqualTo(1);
  }

  @Example
  void ofFiniteNumbersNoneShouldBeFound() {
    for (Tensor raw :
        List.of(
            Tensor.ofDoubles(null, Double.MAX_VALUE, -Double.MIN_VALUE, 0),
            Tensor.ofFloats(null, Float.MAX_VALUE, -Float.MIN_VALUE, 0))) {
      assertThat(FiniteCheck.firstNonFinite(raw)).isEqualTo(-1);
      assertThat(FiniteCheck.firstNonFinite(raw.as(TensorEncoding.typed(raw.dataType()))))
          .isEqualTo(-1);
    }
  }

  @Example
  void whatIsNoFloatingPointShouldAlwaysBeFinite() {
    assertThat(FiniteCheck.firstNonFinite(Tensor.ofInts(null, 0x7fc00000, -1))).isEqualTo(-1);
    assertThat(FiniteCheck.firstNonFinite(Tensor.ofLongs(null, -1))).isEqualTo(-1);
  }
}
