package io.embeddingexport.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.keys.KeyConfigUpdate.Retire;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The version rule, and what a message says. */
class KeyConfigUpdateTest {

  private static KeyConfig version(long version) {
    return new KeyConfig("user", version, List.of(), null, null, "users");
  }

  /** 0 is a retirement. */
  private static KeyConfigUpdate update(int number) {
    return number == 0 ? new Retire("user") : new Publish(version(number));
  }

  private static ModelState after(@Nullable ModelState present, KeyConfigUpdate update) {
    ModelState next = update.over(present);
    return next == null ? present : next;
  }

  @Test
  void aGreaterVersionAloneShouldTakeThePlace() {
    assertThat(new Publish(version(1)).over(null)).isEqualTo(version(1));
    assertThat(new Publish(version(2)).over(version(1))).isEqualTo(version(2));
    assertThat(new Publish(version(2)).over(version(2))).isNull();
    assertThat(new Publish(version(1)).over(version(2))).isNull();
  }

  @Test
  void aRetirementShouldKeepVersionAndTopic() {
    RetiredModel retired = new RetiredModel("user", 3, "users");

    assertThat(new Retire("user").over(version(3))).isEqualTo(retired);
    assertThat(new Retire("user").over(retired)).isNull();
    assertThat(new Retire("user").over(null)).isEqualTo(new RetiredModel("user", 0, null));
    assertThat(new Publish(version(3)).over(retired)).isNull();
    assertThat(new Publish(version(4)).over(retired)).isEqualTo(version(4));
  }

  @Property
  void noSequenceOfUpdatesShouldLetTheVersionFall(
      @ForAll @Size(max = 30) List<@IntRange(max = 6) Integer> numbers) {
    ModelState present = null;
    long greatest = 0;
    for (int number : numbers) {
      long before = present == null ? 0 : present.version();
      present = after(present, update(number));
      greatest = Math.max(greatest, number);
      assertThat(present.version()).isGreaterThanOrEqualTo(before).isEqualTo(greatest);
    }
  }

  @Property
  void takingASequenceTwiceShouldChangeNothingUnlessItRetires(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 6) Integer> numbers) {
    ModelState once = null;
    for (int number : numbers) {
      once = after(once, update(number));
    }
    ModelState twice = once;
    for (int number : numbers) {
      twice = after(twice, update(number));
    }

    assertThat(twice).isEqualTo(once);
  }

  @Test
  void aMessageShouldSayWhatItsKeyAndValueSay() {
    assertThat(decode("user", null)).isEqualTo(new Retire("user"));
    assertThat(KeyConfigMessage.decode("k-0@7", null, new byte[0]))
        .isEqualTo(
            new Invalid(
                null,
                "k-0@7: no key; the key of a key config is its model, and 'keys publish' sets it"));
    assertThat(KeyConfigMessage.decode("k-0@7", new byte[] {(byte) 0xff}, null))
        .isInstanceOf(Invalid.class);
    assertThat(decode("usr", KeyConfigJson.write(valid())))
        .isEqualTo(
            new Invalid(
                "usr",
                "k-0@7: the key is 'usr', but the key config is for model 'user'; publish it"
                    + " under its model"));
    assertThat(decode("user", KeyConfigJson.write(valid()))).isEqualTo(new Publish(valid()));
    assertThat(decode("user", "{\"model\":\"user\"}"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> assertThat(invalid.detail()).startsWith("k-0@7: ").contains("version"));
  }

  private static KeyConfigMessage decode(String key, @Nullable String value) {
    return KeyConfigMessage.decode(
        "k-0@7", key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
  }

  private static KeyConfig valid() {
    try {
      return KeyConfigParser.parse(
          "test",
          "model: user\nversion: 2\nkeys: [{key: 1, dtype: bool, shape: []}]".getBytes(UTF_8));
    } catch (InvalidKeyConfigException e) {
      throw new AssertionError(e);
    }
  }
}
