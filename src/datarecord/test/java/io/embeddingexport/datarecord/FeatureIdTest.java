package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embeddingexport.datarecord.GoldenVectors.Vector;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  /** The first and the last code point of each length, and those beside the surrogates. */
  @Test
  void theIdOfUtf8ShouldBeThatOfItsText() {
    for (int codePoint :
        new int[] {0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff}) {
      String character = Character.toString(codePoint);
      for (String name :
          List.of(character, "a" + character, character + "a", "a#" + character, "#" + character)) {
        assertThat(FeatureId.ofUtf8(name.getBytes(StandardCharsets.UTF_8)))
            .as("U+%x in %s", codePoint, name)
            .isEqualTo(FeatureId.of(name));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c3",
        "c341",
        "e282",
        "e28241",
        "f09f98",
        "f09f9841",
        "eda080",
        "edbfbf",
        "f4908080",
        "f880808080",
        "ff"
      })
  void givenASequenceThatIsNoCharacterThenItIsRefusedWhereItBegins(String hex) {
    for (String before : List.of("", "61", "6161")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FeatureId.ofUtf8(GoldenVectors.unhex(before + hex)))
          .withMessage("feature name is not UTF-8 at byte " + before.length() / 2);
    }
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
