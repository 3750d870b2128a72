package io.embeddingexport.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerProfileTest {
  private static String text(String consumers, String tensor) {
    return """
        model: user
        version: 1
        consumers: %s
        keys:
          - {name: e, key: 1, %s}
        """
        .formatted(consumers, tensor);
  }

  private static KeyConfig parse(String text) throws InvalidKeyConfigException {
    return KeyConfigParser.parse("test", text.getBytes(UTF_8));
  }

  private static List<String> problems(String text) {
    try {
      return List.of("valid: " + parse(text));
    } catch (InvalidKeyConfigException e) {
      return e.problems();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "navi       | dtype: float, shape: [200], encoding: typed",
        "navi       | dtype: float, shape: [2, 100], encoding: typed, optional: true",
        "ann        | dtype: float, shape: [128]",
        "twml-batch | dtype: int64, shape: [3, 4], encoding: typed",
        "twml-batch | dtype: string, shape: []",
      })
  void givenWhatAConsumerReadsWhenParsedThenTheConfigHasTheConsumer(String consumer, String tensor)
      throws Exception {
    KeyConfig config = parse(text("[" + consumer + "]", tensor));

    assertThat(config.consumers()).extracting(ConsumerProfile::label).containsExactly(consumer);
    KeyConfig again = KeyConfigJson.read(KeyConfigJson.write(config));
    assertThat(again.consumers()).isEqualTo(config.consumers());
    assertThat(parse(KeyConfigYaml.write(config)).consumers()).isEqualTo(config.consumers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "navi       | dtype: float, shape: [200]                   | navi reads zeros from all but typed floats",
        "navi       | dtype: double, shape: [200], encoding: typed | navi reads zeros from all but typed floats",
        "navi       | dtype: float, shape: [199], encoding: typed  | navi takes exactly 200 elements",
        "navi       | dtype: float, shape: [201], encoding: typed  | navi takes exactly 200 elements",
        "navi       | dtype: float, shape: [-1], encoding: typed   | navi takes exactly 200 elements",
        "ann        | dtype: float, shape: [128], encoding: typed  | ann fails with all but raw floats",
        "ann        | dtype: double, shape: [128]                  | ann fails with all but raw floats",
        "ann        | dtype: float, shape: [-1]                    | ann takes vectors of one length",
        "ann        | dtype: float, shape: [2, 64]                 | ann takes vectors of one length",
        "twml-batch | dtype: int64, shape: [-1]                    | twml-batch needs one shape",
      })
  void givenWhatAConsumerCannotReadWhenParsedThenItIsAProblem(
      String consumer, String tensor, String problem) {
    assertThat(problems(text("[" + consumer + "]", tensor)))
        .singleElement()
        .asString()
        .startsWith("line 5: keys[0]: " + problem)
        .endsWith(", or remove it from consumers");
  }

  @Test
  void givenConsumersThatExcludeEachOtherWhenParsedThenOneOfThemIsAProblem() {
    assertThat(problems(text("[navi, ann]", "dtype: float, shape: [200], encoding: typed")))
        .singleElement()
        .asString()
        .contains("ann fails with all but raw floats");
  }

  @Test
  void givenAnUnknownConsumerWhenParsedThenTheNearWordIsNamed() {
    assertThat(problems(text("[nawi]", "dtype: float, shape: [1]")))
        .containsExactly(
            "line 3: consumers[0]: 'nawi' is not one of navi, ann, twml-batch; did you mean"
                + " 'navi'?");
    assertThat(problems(text("navi", "dtype: float, shape: [1]")))
        .containsExactly("line 3: consumers: 'navi' is not a list; write one like [navi]");
  }

  @Test
  void consumersShouldNotMakeAConfigAnother() throws Exception {
    assertThat(parse(text("[ann]", "dtype: float, shape: [1]")))
        .isEqualTo(parse(text("[]", "dtype: float, shape: [1]")));
  }

  @Test
  void aConsumerOfALaterReleaseShouldNotMakeAStateUnreadable() throws Exception {
    String json = KeyConfigJson.write(parse(text("[ann]", "dtype: float, shape: [1]")));

    assertThat(KeyConfigJson.read(json.replace("ann", "later")).consumers()).isEqualTo(Set.of());
    assertThatThrownBy(() -> parse(json.replace("ann", "later")))
        .isInstanceOf(InvalidKeyConfigException.class);
  }
}
