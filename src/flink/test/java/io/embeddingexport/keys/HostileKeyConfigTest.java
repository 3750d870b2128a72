package io.embeddingexport.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is broken, too large or made to harm: always problems, short ones, and no harm. */
class HostileKeyConfigTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"model: [", "\"", "model: {b", "{\"model\":", "\u0000", "a: b: c", "\t- x"})
  void givenTextThatIsNeitherYamlNorJsonWhenParsedThenTheLineIsNamed(String text) {
    assertThat(problems(text)).singleElement().asString().startsWith("line 1: not valid ");
  }

  @Test
  void givenYamlOrJsonThatBreaksOffWhenParsedThenWhatIsMissingIsSaid() {
    assertThat(problems("model: m\nkeys: [{key: 1"))
        .containsExactly("line 2: not valid YAML: expected ',' or '}', but got <stream end>");
    assertThat(problems("{\"model\": \"m\",\n"))
        .singleElement()
        .asString()
        .startsWith("line 2: not valid JSON: Unexpected end-of-input");
  }

  @Test
  void givenAnAliasWhenParsedThenItIsAProblem() {
    assertThat(problems("model: &m user\nversion: 1\noutput-topic: *m\nkeys: []"))
        .contains("line 3: output-topic: the alias *m is not supported; write the value out");
  }

  @Test
  void givenTextThatIsNotUtf8WhenParsedThenItIsAProblem() {
    for (String text : List.of("model: \u00ff\u00fe", "{\"model\": \"\u00ff\"}")) {
      assertThatThrownBy(
              () -> KeyConfigParser.parse("test", text.getBytes(StandardCharsets.ISO_8859_1)))
          .isInstanceOf(InvalidKeyConfigException.class);
    }
  }

  @Test
  void givenTextFitForNoLogWhenParsedThenTheProblemsAreShortAndOnOneLine() {
    String config = "version: 1\nkeys: [{key: 1, dtype: bool, shape: []}]\n";

    assertThat(problems("model: \"a\\nb\"\n" + config))
        .containsExactly("line 1: model: 'a?b' contains a control character; remove it");
    assertThat(problems("model: " + "9".repeat(300) + "\n" + config))
        .containsExactly("line 1: model: " + "9".repeat(100) + "… is not text; put it in quotes");
    assertThat(problems("model: a\n? \"b\\n" + "c".repeat(10_000) + "\"\n: 1\n" + config))
        .containsExactly("line 3: b?" + "c".repeat(98) + "…: unknown field");
    assertThat(problems("model: " + "a".repeat(256) + "\n" + config))
        .containsExactly(
            "line 1: model: '" + "a".repeat(100) + "…' is longer than 255 characters; shorten it");
  }

  @Test
  void givenMoreProblemsThanAnyoneReadsWhenParsedThenTheRestIsCounted() {
    List<String> problems = problems("model: a\nversion: 1\nkeys:\n" + "- text\n".repeat(250));

    assertThat(problems).hasSize(101).last().isEqualTo("and 150 more");
  }

  @Test
  void givenAConfigThatIsTooLongOnceWrittenOutWhenParsedThenItIsAProblem() {
    String keys =
        IntStream.range(0, 12_000)
            .mapToObj(i -> "- {key: " + i + ", dtype: bool, shape: []}\n")
            .collect(Collectors.joining());

    assertThat(problems("model: a\nversion: 1\nkeys:\n" + keys))
        .singleElement()
        .asString()
        .startsWith("line 4: keys: the config has ")
        .endsWith(
            " bytes when written out as JSON, but at most 1048576 are possible; list fewer"
                + " keys");
  }

  /** Whatever the text: a config or problems, never another exception. */
  @Test
  void givenMutatedTextWhenParsedThenThereIsAnAnswer() {
    byte[] valid =
        "model: a\nversion: 1\nkeys:\n- {name: \"b\", key: 1, dtype: float, shape: [2, -1]}\n"
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    int valids = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] mutated = valid.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try {
        KeyConfigParser.parse("test", mutated);
        valids++;
      } catch (InvalidKeyConfigException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
    assertThat(valids).isBetween(1, 2_999);
  }

  @Test
  void givenTextThatIsTooLongOrTooDeepWhenParsedThenItIsAProblem() {
    assertThat(problems("#".repeat(KeyConfigParser.MAX_BYTES + 1)))
        .containsExactly("1048577 bytes of text; at most 1048576 are read");
    assertThat(problems("[".repeat(100_000))).singleElement().asString().contains("not valid");
    assertThat(problems("{\"a\":".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("not valid");
  }

  @Test
  void givenARecordThatIsTooLargeWhenParsedThenItIsAProblem() {
    assertThat(
            problems(
                """
                model: m
                version: 1
                keys:
                  - {key: 1, dtype: float, shape: [16777216]}
                """))
        .containsExactly(
            "line 4: keys: every record would have 67108917 bytes, but at most 67108864 are"
                + " possible; make the shapes smaller");
  }

  private static List<String> problems(String text) {
    return catchThrowableOfType(
            InvalidKeyConfigException.class,
            () -> KeyConfigParser.parse("test", text.getBytes(StandardCharsets.UTF_8)))
        .problems();
  }
}
