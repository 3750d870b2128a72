package io.embeddingexport.kafka.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.LetterOutcome;
import io.embeddingexport.flink.types.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {
  private static final String[] OURS = {
    "ee.reason=shape",
    "ee.detail=é: too long",
    "ee.topic=events",
    "ee.partition=3",
    "ee.offset=42",
    "ee.timestamp=1700000000000"
  };

  private static Envelope message(List<String> headers) {
    Header[] all =
        headers.stream()
            .map(text -> text.split("=", 2))
            .map(pair -> new RecordHeader(pair[0], pair[1].getBytes(UTF_8)))
            .toArray(Header[]::new);
    return new Envelope(new byte[] {1}, new byte[] {2}, all, 9, "letters", 0, 77);
  }

  private static List<String> with(List<String> before, String... behind) {
    List<String> all = new ArrayList<>(before);
    all.addAll(List.of(OURS));
    all.addAll(List.of(behind));
    return all;
  }

  @Test
  void theInputIsWhatItWas() {
    DeadLetter letter =
        DeadLetter.of(
            message(
                with(
                    List.of("trace=a", "trace=b"),
                    "ee.item=2",
                    "ee.model=m",
                    "ee.key-config-version=12")));

    assertThat(letter.input().topic()).isEqualTo("events");
    assertThat(letter.input().partition()).isEqualTo(3);
    assertThat(letter.input().offset()).isEqualTo(42);
    assertThat(letter.input().timestampMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(letter.input().key()).containsExactly(1);
    assertThat(letter.input().value()).containsExactly(2);
    assertThat(letter.input().headers())
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .containsExactly("trace=a", "trace=b");
    assertThat(letter.reason()).isEqualTo("shape");
    assertThat(letter.detail()).isEqualTo("é: too long");
    assertThat(letter.item()).isEqualTo(2);
    assertThat(letter.model()).isEqualTo("m");
    assertThat(letter.keyConfigVersion()).isEqualTo(12);
    assertThat(letter.origin()).isEqualTo("events:3:42#2");
  }

  @Test
  void withoutAnItemAndAModelItIsForTheWholeInputOfAModelThatIsNotKnown() {
    DeadLetter letter = DeadLetter.of(message(with(List.of())));

    assertThat(letter.item()).isEqualTo(LetterOutcome.WHOLE);
    assertThat(letter.model()).isNull();
    assertThat(letter.keyConfigVersion()).isZero();
    assertThat(letter.origin()).isEqualTo("events:3:42");
  }

  @Test
  void anInputKeepsItsOwnHeadersOfOurNames() {
    // A dead letter that was copied to the input topic, and a tombstone's model.
    List<String> own = List.of("ee.reason=dtype", "ee.topic=old", "ee.item=9", "ee.model=own");
    DeadLetter letter = DeadLetter.of(message(with(own)));

    assertThat(letter.input().headers())
        .extracting(Header::key)
        .containsExactly("ee.reason", "ee.topic", "ee.item", "ee.model");
    assertThat(letter.reason()).isEqualTo("shape");
    assertThat(letter.item()).isEqualTo(LetterOutcome.WHOLE);
    assertThat(letter.model()).isNull();
  }

  @Test
  void aTimeThatWasMissingIsMissingAgain() {
    List<String> headers = with(List.of());
    headers.set(5, "ee.timestamp=-1");

    assertThat(DeadLetter.of(message(headers)).input().timestampMillis())
        .isEqualTo(Envelope.NO_TIMESTAMP);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4})
  void withoutReasonOrPositionItIsNoLetter(int missing) {
    List<String> headers = with(List.of());
    headers.remove(missing);

    assertThat(DeadLetter.of(message(headers))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ee.topic=two words",
        "ee.partition=-1",
        "ee.partition=2147483648",
        "ee.offset=x",
        "ee.offset=",
        "ee.item=-1",
        "ee.offset=9223372036854775808"
      })
  void withATopicOrANumberThatIsNoneItIsNoLetter(String wrong) {
    assertThat(DeadLetter.of(message(with(List.of(), wrong)))).isNull();
  }

  @Test
  void aRefusedKeyConfigIsNoEvent() {
    List<String> headers = with(List.of());
    headers.set(0, "ee.reason=key-config-refused");

    assertThat(DeadLetter.of(message(headers)).isEvent()).isFalse();
    assertThat(new ReplayedLetters(LetterFilter.ALL).of(message(headers))).isNull();
    assertThat(new ReplayedLetters(LetterFilter.ALL).of(message(with(List.of())))).isNotNull();
  }
}
