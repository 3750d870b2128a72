package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embeddingexport.datarecord.GoldenVectors.Vector;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureIdTest {

  @ParameterizedTest
  @MethodSource("withId")
  void ofUtf8ShouldGiveTheIdOfLibtwml(Vector vector) {
    assertThat(FeatureId.ofUtf8(GoldenVectors.unhex(vector.text("utf8Hex")))).isEqualTo(id(vector));
  }

  @ParameterizedTest
  @MethodSource("withIdAndName")
  void ofShouldGiveTheIdOfLibtwml(Vector vector) {
    assertThat(FeatureId.of(vector.text("name"))).isEqualTo(id(vector));
  }

  @ParameterizedTest
  @MethodSource("withoutId")
  void givenBytesThatAreNotUtf8WhenAskedForTheIdThenTheyAreRefused(Vector vector) {
    byte[] bytes = GoldenVectors.unhex(vector.text("utf8Hex"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureId.ofUtf8(bytes))
        .withMessageMatching("feature name is not UTF-8 at byte [02]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ude42", "\ude42\ud83d", "x\ud83dy"})
  void givenHalfASurrogatePairWhenAskedForTheIdThenItIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureId.of(name))
        .withMessageContaining("half a surrogate pair");
  }

  @Test
  void givenABadByteAfterTheHashSignWhenRefusedThenItsPlaceInTheNameIsTold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureId.ofUtf8(new byte[] {'a', '#', 'b', (byte) 0xff}))
        .withMessageContaining("at byte 3");
  }

  /** As libtwml's limits are not ours, its plain algorithm's id where it gives none itself. */
  private static long id(Vector vector) {
    return vector.has("idByPlainAlgorithm")
        ? Long.parseLong(vector.text("idByPlainAlgorithm"))
        : Long.parseLong(vector.text("idString"));
  }

  static Stream<Vector> withId() {
    return GoldenVectors.featureIds()
        .filter(vector -> vector.has("id") || vector.has("idByPlainAlgorithm"));
  }

  static Stream<Vector> withIdAndName() {
    return withId().filter(vector -> !vector.json().get("name").isNull());
  }

  static Stream<Vector> withoutId() {
    return GoldenVectors.featureIds()
        .filter(vector -> vector.has("error") && !vector.has("idByPlainAlgorithm"));
  }
}
