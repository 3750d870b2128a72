package io.embeddingexport.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.sink.HeaderNames;
import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.RetiredModel;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicContentsTest {
  private final TopicContents contents = new TopicContents();
  private long offset = 10;

  @Test
  void theGreatestVersionShouldBeInForceAndStandWhereItWasPublished() {
    add("m", config("m", 1, 7));
    add("m", config("m", 3, 7));

    assertThat(contents.models())
        .singleElement()
        .satisfies(
            live -> {
              assertThat(((KeyConfig) live.entry()).version()).isEqualTo(3);
              assertThat(live.position()).hasToString("configs:0:11");
            });
    assertThat(contents.problems()).isEmpty();
  }

  @Test
  void givenAnOlderVersionAfterANewerThenItIsAProblemUntilAGreaterFollows() {
    add("m", config("m", 5, 7));
    add("m", config("m", 3, 7));

    assertThat(contents.entry("m").version()).isEqualTo(5);
    assertThat(contents.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.model()).isEqualTo("m"))
        .satisfies(
            problem ->
                assertThat(problem.text())
                    .startsWith("configs:0:11: version 3 of model 'm' is after version 5")
                    .endsWith("publish a version greater than 5"));

    add("m", config("m", 6, 7));
    assertThat(contents.problems()).isEmpty();
  }

  @Test
  void theSameVersionTwiceShouldBeAProblemOnlyIfItSaysSomethingElse() {
    add("m", config("m", 5, 7));
    add("m", config("m", 5, 7));
    assertThat(contents.problems()).isEmpty();

    add("m", config("m", 5, 8));
    assertThat(contents.problems()).hasSize(1);
    assertThat(contents.entry("m")).isEqualTo(parsed("m", 5, 7));
  }

  @Test
  void givenAnInvalidMessageThenTheConfigBeforeItStaysAndItIsAProblemUntilAGoodOneFollows() {
    add("m", config("m", 5, 7));
    add("m", "model: m");

    assertThat(contents.entry("m").version()).isEqualTo(5);
    assertThat(contents.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.text())
                    .startsWith("configs:0:11: ")
                    .contains("version: missing", "publish a version greater than 5"));

    add("m", null);
    assertThat(contents.problems()).isEmpty();
  }

  @Test
  void aMessageWithoutKeyShouldBeAProblemThatNoOtherEnds() {
    add(null, config("m", 1, 7));
    add(null, config("m", 2, 7));
    add("m", config("m", 3, 7));

    assertThat(contents.problems())
        .extracting(problem -> problem.position().offset())
        .containsExactly(10L, 11L);
  }

  @Test
  void aTombstoneShouldRetireWhateverVersionIsInForce() {
    add("m", config("m", 5, 7));
    add("m", null);
    add("m", null);

    assertThat(contents.entry("m")).isEqualTo(new RetiredModel("m", 5, null));
    assertThat(contents.model("m").position().offset()).isEqualTo(11);
    assertThat(contents.problems()).isEmpty();
  }

  @Test
  void givenCompactionRemovedTheConfigThenTheTombstonesHeaderNamesItsVersion() {
    ConsumerRecord<byte[], byte[]> tombstone = message("m", null);
    tombstone.headers().add(HeaderNames.KEY_CONFIG_VERSION, "5".getBytes(UTF_8));
    contents.add(tombstone);
    ConsumerRecord<byte[], byte[]> odd = message("n", null);
    odd.headers().add(HeaderNames.KEY_CONFIG_VERSION, "99999999999999999999".getBytes(UTF_8));
    contents.add(odd);

    assertThat(contents.entry("m")).isEqualTo(new RetiredModel("m", 5, null));
    assertThat(contents.entry("n")).isEqualTo(new RetiredModel("n", 0, null));
  }

  @Test
  void aModelInTwoPartitionsShouldBeAProblem() {
    add("m", config("m", 5, 7));
    contents.add(
        new ConsumerRecord<>(
            "configs", 1, 4, "m".getBytes(UTF_8), config("m", 6, 7).getBytes(UTF_8)));

    assertThat(contents.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.text())
                    .startsWith("configs:1:4: model 'm' is in partition 0, too"));
  }

  private void add(@Nullable String key, @Nullable String value) {
    contents.add(message(key, value));
  }

  private ConsumerRecord<byte[], byte[]> message(@Nullable String key, @Nullable String value) {
    return new ConsumerRecord<>(
        "configs",
        0,
        offset++,
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8));
  }

  static String config(String model, long version, long key) {
    return "{\"model\": \"%s\", \"version\": %d, \"keys\": [{\"name\": \"a\", \"key\": %d, \"dtype\": \"float\", \"shape\": [2]}]}"
        .formatted(model, version, key);
  }

  static KeyConfig parsed(String model, long version, long key) {
    try {
      return KeyConfigParser.parse("test", config(model, version, key).getBytes(UTF_8));
    } catch (InvalidKeyConfigException e) {
      throw new AssertionError(e);
    }
  }
}
