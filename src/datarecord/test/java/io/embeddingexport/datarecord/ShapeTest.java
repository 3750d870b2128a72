package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void elementCountShouldBeTheProductOfTheExtents() {
    assertThat(Shape.SCALAR.fixedElementCount()).isEqualTo(1);
    assertThat(Shape.of(2, 3, 4).fixedElementCount()).isEqualTo(24);
    assertThat(Shape.of(Integer.MAX_VALUE, 1).fixedElementCount()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void givenAnExtentOfZeroThenThereAreNoElementsHoweverLargeTheOthers() {
    assertThat(Shape.of(1L << 40, 0).fixedElementCount()).isZero();
    assertThat(Shape.of(0, 1L << 40, Long.MAX_VALUE).fixedElementCount()).isZero();
  }

  @Test
  void givenTwoToThe31ElementsThenTheShapeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(1L << 16, 1L << 15))
        .withMessage("shape [65536, 32768]: 2^31 elements or more");
    // 2^64 elements would be none, if the product were allowed to overflow.
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(1L << 32, 1L << 32));
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(Shape.ANY, 1L << 31));
  }

  @Test
  void givenAnExtentBelowAnyThenTheShapeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(1, -2))
        .withMessageContaining("dimension -2 is neither >= 0 nor -1 (any)");
  }

  @Test
  void equalShapesShouldHaveTheSameExtents() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
    assertThat(Shape.of(2, 3)).doesNotHaveSameHashCodeAs(Shape.of(3, 2));
    assertThat(Shape.of(2, 3)).isNotEqualTo("[2,3]");
    assertThat(Shape.of(2, 3)).hasToString("[2,3]");
    assertThat(Shape.of(2, Shape.ANY).toArray()).containsExactly(2, -1);
  }

  @Test
  void resolveShouldTakeTheTensorsShapeWhereItFits() {
    Tensor stated = Tensor.ofFloats(Shape.of(2, 3), new float[6]);

    assertThat(Shape.of(2, 3).resolve(stated)).isEqualTo(Shape.of(2, 3));
    assertThat(Shape.of(Shape.ANY, Shape.ANY).resolve(stated)).isEqualTo(Shape.of(2, 3));
    assertThat(Shape.of(3, 2).resolve(stated)).isNull();
    assertThat(Shape.of(6).resolve(stated)).isNull();
    assertThat(Shape.of(Shape.ANY).resolve(stated)).isNull();
  }

  @Test
  void resolveShouldMakeTheOneOpenDimensionFitATensorWithoutShape() {
    Tensor unstated = Tensor.ofRaw(DataType.FLOAT, null, new byte[24]);
    Tensor empty = Tensor.ofRaw(DataType.FLOAT, null, new byte[0]);

    assertThat(Shape.of(2, 3).resolve(unstated)).isEqualTo(Shape.of(2, 3));
    assertThat(Shape.of(2, Shape.ANY).resolve(unstated)).isEqualTo(Shape.of(2, 3));
    assertThat(Shape.of(4, Shape.ANY).resolve(unstated)).isNull();
    assertThat(Shape.of(Shape.ANY, Shape.ANY).resolve(unstated)).isNull();
    assertThat(Shape.of(2, Shape.ANY).resolve(empty)).isEqualTo(Shape.of(2, 0));
    assertThat(Shape.of(0, Shape.ANY).resolve(empty)).isNull();
  }
}
