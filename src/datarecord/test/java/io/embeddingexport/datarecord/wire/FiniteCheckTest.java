package io.embeddingexport.datarecord.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
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

    assertThat(Tensor.ofFloats(null, floats).firstNonFinite()).isEqualTo(first);
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

          assertThat(raw.firstNonFinite()).isEqualTo(at);
          assertThat(raw.as(TensorEncoding.FLOAT).firstNonFinite()).isEqualTo(at);
        }
      }
    }
  }

  @Example
  void doublesShouldBeFoundInBothEncodings() {
    Tensor raw = Tensor.ofDoubles(null, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.NaN);

    assertThat(raw.firstNonFinite()).isEqualTo(1);
    assertThat(raw.as(TensorEncoding.DOUBLE).firstNonFinite()).isEqualTo(1);
  }

  @Example
  void ofFiniteNumbersNoneShouldBeFound() {
    for (Tensor raw :
        List.of(
            Tensor.ofDoubles(null, Double.MAX_VALUE, -Double.MIN_VALUE, 0),
            Tensor.ofFloats(null, Float.MAX_VALUE, -Float.MIN_VALUE, 0))) {
      assertThat(raw.firstNonFinite()).isEqualTo(-1);
      assertThat(raw.as(TensorEncoding.typed(raw.dataType())).firstNonFinite()).isEqualTo(-1);
    }
  }

  @Example
  void whatIsNoFloatingPointShouldAlwaysBeFinite() {
    assertThat(Tensor.ofInts(null, 0x7fc00000, -1).firstNonFinite()).isEqualTo(-1);
    assertThat(Tensor.ofLongs(null, -1).firstNonFinite()).isEqualTo(-1);
  }
}
