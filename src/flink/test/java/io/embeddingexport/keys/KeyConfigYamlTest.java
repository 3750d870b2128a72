package io.embeddingexport.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.FeatureId;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyConfigYamlTest {

  @Example
  void writeShouldGiveWhatAPersonWouldHaveWritten() throws Exception {
    String yaml =
        """
        model: user
        version: 4
        entity-id-feature: -12
        entity-id-text-feature: 13
        event-time-feature: 8000
        output-topic: user-records
        keys:
          - name: user_embedding
            key: 7301
            dtype: float
            shape: [128]
            non-finite: reject
          - name: "last items"
            key: -7302
            dtype: int64
            shape: [-1, 2]
            encoding: typed
            optional: true
          - name: "no"
            key: 7303
            dtype: string
            shape: []
        """;

    assertThat(KeyConfigYaml.write(KeyConfigParser.parse("test", yaml.getBytes(UTF_8))))
        .isEqualTo(yaml);
  }

  @Example
  void featuresShouldKeepTheirNames() throws Exception {
    String given =
        """
        model: user
        version: 4
        entity-id-feature: meta.user_id
        keys:
          - name: last
            feature: user.last_items
            dtype: float
            shape: [128]
          - feature: "8000"
            dtype: float
            shape: []
        """;
    KeyConfig config = KeyConfigParser.parse("test", given.getBytes(UTF_8));

    String yaml = KeyConfigYaml.write(config);

    assertThat(yaml)
        .isEqualTo(
            """
            model: user
            version: 4
            entity-id-feature: meta.user_id # -1887718638306251279
            keys:
              - name: last
                key: %d
                feature: user.last_items
                dtype: float
                shape: [128]
              - name: "8000"
                key: %d
                feature: "8000"
                dtype: float
                shape: []
            """
                .formatted(FeatureId.of("user.last_items"), FeatureId.of("8000")));
    assertThat(KeyConfigYaml.write(KeyConfigParser.parse("test", yaml.getBytes(UTF_8))))
        .isEqualTo(yaml);
  }

  @Property(tries = 500)
  void parseShouldBeTheInverseOfWrite(
      @ForAll(supplier = Names.class) String model, @ForAll long seed) throws Exception {
    KeyConfig config = KeyConfigJsonTest.random(model, new Random(seed));

    assertThat(KeyConfigParser.parse("test", KeyConfigYaml.write(config).getBytes(UTF_8)))
        .isEqualTo(config);
  }

  @Property
  void parseShouldBeTheInverseOfWriteForWordsAndNumbers(@ForAll @From("words") String model)
      throws Exception {
    KeyConfig config = KeyConfigJsonTest.random(model, new Random(1));

    assertThat(KeyConfigParser.parse("test", KeyConfigYaml.write(config).getBytes(UTF_8)))
        .isEqualTo(config);
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(
        "true",
        "False",
        "NULL",
        "yes",
        "Off",
        "y",
        "~",
        "1",
        "-1",
        "0x1f",
        "1e3",
        ".inf",
        "_1",
        "2026-01-31",
        "a: b",
        "a #b",
        "- a",
        "{a",
        "[a",
        "\\",
        "\"",
        "'",
        " a",
        "a ",
        "a.b/c-d",
        "---",
        "...",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "@a",
        "`a",
        "%a",
        "NaN",
        "=",
        "<<",
        "12:30:45");
  }
}
