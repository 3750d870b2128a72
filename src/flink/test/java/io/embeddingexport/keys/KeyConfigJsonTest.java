package io.embeddingexport.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeySpec.NonFinite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeyConfigJsonTest {
  private static final List<DataType> TYPES =
      Arrays.stream(DataType.values()).filter(DataType::isSupported).toList();

  @Example
  void writeShouldLeaveNothingToADefault() throws Exception {
    KeyConfig config =
        KeyConfigParser.parse(
            "test",
            "model: m\nversion: 3\nkeys: [{key: 9007199254740993, dtype: float, shape: [2, -1]}]"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(KeyConfigJson.write(config))
        .isEqualTo(
            "{\"model\":\"m\",\"version\":3,\"keys\":[{\"name\":\"9007199254740993\","
                + "\"key\":9007199254740993,\"dtype\":\"float\",\"shape\":[2,-1],"
                + "\"encoding\":\"raw\",\"optional\":false,\"non-finite\":\"accept\"}]}");
  }

  @Property(tries = 300)
  void parseAndReadShouldBeTheInversesOfWrite(
      @ForAll(supplier = Names.class) String model, @ForAll long seed) throws Exception {
    KeyConfig config = random(model, new Random(seed));

    String json = KeyConfigJson.write(config);

    assertThat(json).doesNotContain("\n");
    assertThat(KeyConfigParser.parse("test", json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(config);
    assertThat(KeyConfigJson.read(json)).isEqualTo(config);
  }

  @Example
  void whatTheParserWouldRefuseTodayCanStillBeRead() throws Exception {
    KeySpec key =
        new KeySpec(
            "n".repeat(300),
            7,
            DataType.FLOAT,
            Shape.of(Integer.MAX_VALUE),
            TensorEncoding.RAW,
            true,
            NonFinite.REJECT);
    KeyConfig config = new KeyConfig(" ", 0, List.of(key, key), 7L, null, "no topic");

    assertThatThrownBy(
            () ->
                KeyConfigParser.parse(
                    "test", KeyConfigJson.write(config).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidKeyConfigException.class);
    assertThat(KeyConfigJson.read(KeyConfigJson.write(config))).isEqualTo(config);
  }

  /** The topic and the job's state have this form. */
  @Example
  void featuresShouldKeepTheirNames() throws Exception {
    String text =
        "model: m\nversion: 3\nentity-id-feature: meta.user_id\n"
            + "keys: [{feature: user.last_items, dtype: float, shape: [2]}]";
    KeyConfig config = KeyConfigParser.parse("test", text.getBytes(StandardCharsets.UTF_8));

    String json = KeyConfigJson.write(config);

    Map<Long, String> features =
        Map.of(
            FeatureId.of("meta.user_id"),
            "meta.user_id",
            FeatureId.of("user.last_items"),
            "user.last_items");
    KeyConfig parsed = KeyConfigParser.parse("test", json.getBytes(StandardCharsets.UTF_8));
    assertThat(List.of(config, parsed, KeyConfigJson.read(json)))
        .allMatch(config::equals)
        .allMatch(each -> each.features().equals(features));
  }

  @Example
  void whatIsNoKeyConfigIsNamed() {
    assertProblem("{}", "a key config without 'keys'");
    assertProblem("{\"keys\":[]}", "a key config without 'model'");
    assertProblem("{\"keys\":[{}]}", "a key config without 'dtype'");
    assertProblem("{\"keys\":[{\"dtype\":\"half\"}]}", "a key config whose 'dtype' is 'half'");
  }

  private static void assertProblem(String json, String problem) {
    assertThatThrownBy(() -> KeyConfigJson.read(json))
        .isInstanceOf(IOException.class)
        .hasMessage(problem);
  }

  static KeyConfig random(String model, Random random) {
    List<KeySpec> keys = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      DataType type = TYPES.get(random.nextInt(TYPES.size()));
      boolean typed = random.nextBoolean() && TensorEncoding.typed(type) != null;
      keys.add(
          new KeySpec(
              "näme \"" + i + "\" 😀",
              random.nextLong(),
              type,
              random.nextBoolean() ? Shape.of(random.nextInt(9), -1) : Shape.SCALAR,
              typed ? TensorEncoding.typed(type) : TensorEncoding.standard(type),
              random.nextBoolean(),
              type.isFloatingPoint() && random.nextBoolean()
                  ? NonFinite.REJECT
                  : NonFinite.ACCEPT));
    }
    return new KeyConfig(
        model,
        1 + random.nextLong(Long.MAX_VALUE),
        keys,
        random.nextBoolean() ? random.nextLong() : null,
        random.nextBoolean() ? random.nextLong() : null,
        random.nextBoolean() ? random.nextLong() : null,
        random.nextBoolean() ? "topic-" + random.nextInt() : null,
        Set.of(),
        Map.of());
  }
}
