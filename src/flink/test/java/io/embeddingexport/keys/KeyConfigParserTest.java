package io.embeddingexport.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeySpec.NonFinite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyConfigParserTest {
  /** The id that libtwml gives the name meta.user_id. */
  private static final long META_USER_ID = -1887718638306251279L;

  @Test
  void givenEveryFieldWhenParsedThenTheConfigHasIt() throws Exception {
    KeyConfig config =
        parse(
            """
            model: user
            version: 9007199254740993
            entity-id-feature: meta.user_id
            event-time-feature: 5
            output-topic: user-records
            keys:
              - name: a
                key: -9223372036854775808
                dtype: FLOAT
                shape: [2, -1]
                encoding: typed
                optional: true
                non-finite: reject
              - name: b
                feature: some.other.name
                dtype: string
                shape: []
            """);

    assertThat(config)
        .isEqualTo(
            new KeyConfig(
                "user",
                9_007_199_254_740_993L,
                List.of(
                    new KeySpec(
                        "a",
                        Long.MIN_VALUE,
                        DataType.FLOAT,
                        Shape.of(2, -1),
                        TensorEncoding.FLOAT,
                        true,
                        NonFinite.REJECT),
                    new KeySpec(
                        "b",
                        config.keys().get(1).key(),
                        DataType.STRING,
                        Shape.SCALAR,
                        TensorEncoding.STRING,
                        false,
                        NonFinite.ACCEPT)),
                META_USER_ID,
                5L,
                "user-records"));
  }

  @Test
  void givenNoKeyWhenParsedThenItIsTheIdOfTheFeatureOrOfTheName() throws Exception {
    KeyConfig config =
        parse(
            """
            model: m
            version: 1
            keys:
              - {name: meta.user_id, dtype: float, shape: [1]}
              - {name: other, feature: '', key: 7, dtype: float, shape: [1]}
            """
                .replace("feature: '', ", ""));
    KeyConfig byFeature =
        parse(
            "{\"model\":\"m\",\"version\":1,\"keys\":[{\"name\":\"x\",\"feature\":\"meta.user_id\","
                + "\"dtype\":\"float\",\"shape\":[1]}]}");

    assertThat(config.keys().get(0).key()).isEqualTo(META_USER_ID);
    assertThat(byFeature.keys().get(0).key()).isEqualTo(META_USER_ID);
    assertThat(byFeature.keys().get(0).name()).isEqualTo("x");
  }

  @Test
  void givenNoNameWhenParsedThenItIsTheFeaturesOrTheKeysDigits() throws Exception {
    KeyConfig config =
        parse(
            """
            model: m
            version: 1
            keys:
              - {feature: meta.user_id, dtype: float, shape: [1]}
              - {key: -7, dtype: float, shape: [1]}
            """);

    assertThat(config.keys()).extracting(KeySpec::name).containsExactly("meta.user_id", "-7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "double", "int32", "int64", "uint8", "string", "bool"})
  void everyElementTypeShouldHaveItsStandardEncoding(String word) throws Exception {
    KeySpec spec =
        parse("model: m\nversion: 1\nkeys: [{key: 1, dtype: " + word + ", shape: [2]}]")
            .keys()
            .get(0);

    assertThat(spec.dataType().name()).isEqualToIgnoringCase(word);
    assertThat(spec.encoding())
        .isEqualTo(word.equals("string") ? TensorEncoding.STRING : TensorEncoding.RAW);
  }

  @Test
  void givenManyProblemsWhenParsedThenEachIsNamedWithLinePathValueAndRemedy() {
    assertThat(
            problems(
                """
                modle: user
                version: 0
                output-topic: a topic
                entity-id-feature: 1
                event-time-feature: 1
                keys:
                  - name: a
                    key: 1
                    dtype: flaot
                    shape: [2, -3, x]
                  - name: a
                    key: 12345678901234567890
                    dtype: uint8
                    shape: [1]
                    encoding: typed
                  - key: 1
                    dtype: string
                    encoding: typd
                    optional: true
                    non-finite: reject
                  - name: b
                    key: 2
                    feature: c
                    dtype: byte
                    shape: 3
                    optional: maybe
                  - dtype: float
                    shape: [65536, 65536]
                  - text
                """))
        .containsExactly(
            "line 1: modle: unknown field; did you mean 'model'?",
            "line 1: model: missing; name the model whose events this is for",
            "line 2: version: 0 is less than 1; write 1 or more",
            "line 9: keys[0].dtype: 'flaot' is not one of float, double, int32, int64, uint8,"
                + " string, bool, float32, float64; did you mean 'float'?",
            "line 10: keys[0].shape[1]: -3 is not an extent; write 0 or more, or -1 for any",
            "line 10: keys[0].shape[2]: 'x' is not a whole number",
            "line 12: keys[1].key: 12345678901234567890 does not fit in a signed 64-bit number",
            "line 15: keys[1].encoding: 'typed' does not exist for uint8; write raw",
            "line 11: keys[1]: name 'a' is already used by keys[0]; use a different one",
            "line 16: keys[2].shape: missing; write its extents: [128]; -1 for one that is open, []"
                + " for a scalar",
            "line 18: keys[2].encoding: 'typd' is not one of raw, typed; did you mean 'typed'?",
            "line 19: keys[2].optional: true needs a name, because only an event that names its"
                + " tensors can leave one out; add a name",
            "line 20: keys[2].non-finite: 'reject' does not apply to string; remove it",
            "line 16: keys[2]: feature id 1 is already used by keys[0]; use a different one",
            "line 22: keys[3].key: 2 is not the id of feature 'c', %d; keep one of them"
                .formatted(FeatureId.of("c")),
            "line 24: keys[3].dtype: 'byte' is not one of float, double, int32, int64, uint8,"
                + " string, bool, float32, float64",
            "line 25: keys[3].shape: 3 is not a list; write its extents: [128]",
            "line 26: keys[3].optional: 'maybe' is neither true nor false",
            "line 27: keys[4].key: missing; write a key, or a feature or name to derive it from",
            "line 28: keys[4].shape: [65536, 65536] has 2^31 elements or more; make it smaller",
            "line 29: keys[5]: 'text' is not a key; write a mapping that has a dtype and a shape",
            "line 4: entity-id-feature: feature id 1 is already used by keys[0]; use a"
                + " different one",
            "line 5: event-time-feature: feature id 1 is already used by keys[0]; use a"
                + " different one",
            "line 3: output-topic: 'a topic' is not a Kafka topic name; use 1 to 249 of a-z A-Z"
                + " 0-9 . _ - but not . or ..");
  }

  @Test
  void givenAKeyThatANameGivesTooWhenParsedThenTheCollisionIsNamed() {
    assertThat(
            problems(
                """
                model: m
                version: 1
                keys:
                  - {name: x, key: -1887718638306251279, dtype: float, shape: [1]}
                  - {name: meta.user_id, dtype: float, shape: [1]}
                """))
        .containsExactly(
            "line 5: keys[1]: feature id -1887718638306251279 is already used by keys[0]; use"
                + " a different one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "[]", "text", "5"})
  void givenTextThatIsNoKeyConfigWhenParsedThenItIsOneProblem(String text) {
    assertThat(problems(text)).hasSize(1);
  }

  @Test
  void givenAFieldTwiceWhenParsedThenItIsAProblem() {
    assertThat(problems("model: a\nmodel: b\nversion: 1\nkeys: [{key: 1, dtype: bool, shape: []}]"))
        .containsExactly("line 2: model: given twice; remove one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u2003", "\u3000 \u2028"})
  void givenANameOfBlanksOnlyWhenParsedThenItIsAProblem(String blank) {
    assertThat(
            problems(
                "model: \"" + blank + "\"\nversion: 1\nkeys: [{key: 1, dtype: bool, shape: []}]"))
        .singleElement()
        .asString()
        .startsWith("line 1: model: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x10", "010", "1_000", "1.0", "1e3", "true", "'1'", "null-ish"})
  void givenAKeyThatIsNotInPlainDigitsWhenParsedThenItIsAProblem(String key) {
    assertThat(problems("model: m\nversion: 1\nkeys: [{key: " + key + ", dtype: bool, shape: []}]"))
        .singleElement()
        .asString()
        .startsWith("line 3: keys[0].key: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/b", "", "ä"})
  void givenATopicThatKafkaRefusesWhenParsedThenItIsAProblem(String topic) {
    assertThat(
            problems(
                "model: m\nversion: 1\nkeys: [{key: 1, dtype: bool, shape: []}]\noutput-topic: '"
                    + topic
                    + "'"))
        .singleElement()
        .asString()
        .startsWith("line 4: output-topic: ");
  }

  @Test
  void givenSeveralDocumentsWhenAFileIsParsedThenEachIsAConfig(@TempDir Path dir) throws Exception {
    Path file =
        write(
            dir,
            """
            # models
            model: a
            version: 1
            keys: [{key: 1, dtype: bool, shape: []}]
            ---
            model: b
            version: 2
            keys: [{key: 1, dtype: bool, shape: []}]
            """);

    assertThat(KeyConfigParser.parseAll(file))
        .extracting(KeyConfig::model)
        .containsExactly("a", "b");
    assertThatThrownBy(() -> KeyConfigParser.parse("two", Files.readAllBytes(file)))
        .hasMessage("two: 2 key configs; exactly one is allowed here");
  }

  @Test
  void givenProblemsInTwoDocumentsWhenAFileIsParsedThenAllAreNamedWithTheFile(@TempDir Path dir)
      throws Exception {
    Path file = write(dir, "model: a\nversion: 1\n---\nmodel: b\nkeys: []\n");

    assertThatThrownBy(() -> KeyConfigParser.parseAll(file))
        .isInstanceOf(InvalidKeyConfigException.class)
        .hasMessage(
            file
                + ": 3 problems: line 1: keys: missing; list one entry per tensor; line 4:"
                + " version: missing; write 1, and a greater number at every change; line 5:"
                + " keys: has no entry; list one entry per tensor");
  }

  @Test
  void givenAModelTwiceWhenAFileIsParsedThenItIsAProblem(@TempDir Path dir) throws Exception {
    String config = "model: a\nversion: 1\nkeys: [{key: 1, dtype: bool, shape: []}]\n";
    Path file = write(dir, config + "---\n" + config);

    assertThatThrownBy(() -> KeyConfigParser.parseAll(file))
        .hasMessage(file + ": line 5: model: 'a' already has a key config at line 1; keep one");
  }

  private static Path write(Path dir, String text) throws Exception {
    return Files.writeString(dir.resolve("keys.yaml"), text);
  }

  private static KeyConfig parse(String text) throws InvalidKeyConfigException {
    return KeyConfigParser.parse("test", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(String text) {
    InvalidKeyConfigException e =
        catchThrowableOfType(InvalidKeyConfigException.class, () -> parse(text));
    assertThat(e).as(Arrays.toString(text.split("\n"))).isNotNull();
    return e.problems();
  }
}
