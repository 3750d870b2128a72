package io.embeddingexport.event.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

  @Test
  void anObjectShouldHaveItsFields() {
    assertThat(
            of(
                """
                {"n": 1, "r": 1.5, "t": "x", "y": true, "no": false, "z": null, "e": [],
                 "v": [[1, 2], [0.5]], "o": {"i": 7}, "l": [{"a": 1}, {"b": "x"}]}"""))
        .isEqualTo(
            new Group(
                Map.of(
                    "n", Leaf.WHOLE,
                    "r", Leaf.REAL,
                    "t", Leaf.TEXT,
                    "y", Leaf.BOOL,
                    "no", Leaf.BOOL,
                    "z", Leaf.OTHER,
                    "e", new Elements(Leaf.OTHER),
                    "v", new Elements(new Elements(Leaf.REAL)),
                    "o", new Group(Map.of("i", Leaf.WHOLE)),
                    "l", new Elements(new Group(Map.of("a", Leaf.WHOLE, "b", Leaf.TEXT))))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "[1]", "\"{}\"", "{", "{\"a\": }", "{} {}", "{\"a\": [1}"})
  void anythingElseShouldHaveNone(String text) {
    assertThat(of(text)).isNull();
  }

  @Test
  void textThatIsTooDeepShouldHaveNone() {
    assertThat(of("{\"a\":".repeat(100_000))).isNull();
  }

  private static Group of(String text) {
    return JsonFields.of(text.getBytes(UTF_8));
  }
}
