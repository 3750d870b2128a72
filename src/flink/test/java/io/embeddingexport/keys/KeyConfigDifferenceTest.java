package io.embeddingexport.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyConfigDifferenceTest {
  private static final String A = "{name: a, key: 1, dtype: float, shape: [2]}";
  private static final String B = "{name: b, key: 2, dtype: float, shape: [2]}";

  @Test
  void equalConfigsShouldNotDifferWhateverTheirVersions() throws Exception {
    KeyConfig first = config("version: 1", A, B);
    KeyConfig second = config("version: 9", A, B);

    assertThat(KeyConfigDifference.between(first, second)).isEmpty();
  }

  @Test
  void aTensorMoreBreaksSendersAndOnlyThoseByPositionIfItIsOptional() throws Exception {
    String optional = "{name: c, key: 3, dtype: int64, shape: [], encoding: typed, optional: true}";

    assertThat(shown(config("version: 1", A), config("version: 1", A, B)))
        .containsExactly("tensor 1 'b': key 2, float [2] affects [senders]");
    assertThat(shown(config("version: 1", A), config("version: 1", optional, A)))
        .containsExactly(
            "tensor 0 'c': key 3, int64 [], typed, optional affects [senders by position]");
  }

  @Test
  void aTensorLessBreaksReadersAndSenders() throws Exception {
    assertThat(shown(config("version: 1", A, B), config("version: 1", B)))
        .containsExactly("tensor 0 'a': key 1, float [2] affects [readers, senders]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          {name: a, key: 5, dtype: float, shape: [2]}; 'a': key 1 → 5 affects [readers]
          {name: z, key: 1, dtype: float, shape: [2]}; 'a': name → 'z' affects [senders by name]
          {name: a, key: 1, dtype: int64, shape: [2]}; 'a': dtype float → int64 affects [readers, senders]
          {name: a, key: 1, dtype: float, shape: [3]}; 'a': shape [2] → [3] affects [readers, senders]
          {name: a, key: 1, dtype: float, shape: [1, 2]}; 'a': shape [2] → [1,2] affects [readers, senders]
          {name: a, key: 1, dtype: float, shape: [-1]}; 'a': shape [2] → [-1] affects [readers]
          {name: a, key: 1, dtype: float, shape: [2], encoding: typed}; 'a': encoding raw → typed affects [readers]
          {name: a, key: 1, dtype: float, shape: [2], optional: true}; 'a': optional false → true affects [readers]
          {name: a, key: 1, dtype: float, shape: [2], non-finite: reject}; 'a': non-finite accept → reject affects [senders]
          """)
  void whatChangesInATensorSaysWhomItBreaks(String changed, String expected) throws Exception {
    assertThat(shown(config("version: 1", A), config("version: 1", changed)))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          shape: [-1]; shape: [2]; SENDERS
          shape: [2], optional: true; shape: [2]; SENDERS_BY_NAME
          shape: [2], non-finite: reject; shape: [2]; READERS
          shape: [2], encoding: typed; shape: [2]; READERS
          """)
  void theOppositeChangeBreaksTheOthers(String from, String to, AffectedClients party)
      throws Exception {
    String head = "{name: a, key: 1, dtype: float, ";

    assertThat(
            KeyConfigDifference.between(
                config("version: 1", head + from + "}"), config("version: 1", head + to + "}")))
        .singleElement()
        .satisfies(change -> assertThat(change.affects()).containsExactly(party));
  }

  @Test
  void anotherOrderBreaksSendersByPositionOnly() throws Exception {
    String c = "{name: c, key: 3, dtype: float, shape: [2]}";

    assertThat(shown(config("version: 1", A, B, c), config("version: 1", c, A, B)))
        .containsExactly("order: a, b, c → c, a, b affects [senders by position]");
  }

  @Test
  void tensorsThatMoveUpForOneThatWentAreInTheSameOrder() throws Exception {
    String c = "{name: c, key: 3, dtype: float, shape: [2]}";

    assertThat(
            KeyConfigDifference.between(config("version: 1", A, B, c), config("version: 1", B, c)))
        .singleElement()
        .isInstanceOf(TensorChange.Removed.class);
  }

  @Test
  void tensorsThatChangeKeysAreRekeyedNotRenamed() throws Exception {
    String a = A.replace("key: 1", "key: 2");
    String b = B.replace("key: 2", "key: 1");

    assertThat(shown(config("version: 1", A, B), config("version: 1", a, b)))
        .containsExactly("'a': key 1 → 2 affects [readers]", "'b': key 2 → 1 affects [readers]");
  }

  @Test
  void aKeyThatIsTakenOverByATensorOfBeforeIsARemoval() throws Exception {
    String b = B.replace("key: 2", "key: 1");

    assertThat(shown(config("version: 1", A, B), config("version: 1", b)))
        .containsExactly(
            "tensor 0 'a': key 1, float [2] affects [readers, senders]",
            "'b': key 2 → 1 affects [readers]");
  }

  @Test
  void theRestOfAConfigIsComparedToo() throws Exception {
    KeyConfig plain = config("version: 1", A);
    KeyConfig full =
        config(
            "version: 1\nentity-id-feature: 8\nentity-id-text-feature: 7\nevent-time-feature: 9\n"
                + "output-topic: elsewhere",
            A);

    assertThat(shown(plain, full))
        .containsExactly(
            "entity-id-feature: none → 8 affects []",
            "entity-id-text-feature: none → 7 affects [senders]",
            "event-time-feature: none → 9 affects [senders]",
            "output-topic: the job's → elsewhere affects [readers]");
    assertThat(shown(full, plain))
        .containsExactly(
            "entity-id-feature: 8 → none affects [readers]",
            "entity-id-text-feature: 7 → none affects [readers]",
            "event-time-feature: 9 → none affects [readers]",
            "output-topic: elsewhere → the job's affects [readers]");
  }

  private static List<String> shown(KeyConfig from, KeyConfig to) {
    List<String> shown = new ArrayList<>();
    for (KeyConfigChange change : KeyConfigDifference.between(from, to)) {
      shown.add(change.text() + " affects " + change.affects());
    }
    return shown;
  }

  private static KeyConfig config(String head, String... keys) throws InvalidKeyConfigException {
    String yaml = "model: m\n" + head + "\nkeys: [" + String.join(", ", keys) + "]";
    return KeyConfigParser.parse("test", yaml.getBytes(UTF_8));
  }
}
