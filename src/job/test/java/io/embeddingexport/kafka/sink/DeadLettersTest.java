package io.embeddingexport.kafka.sink;

import static io.embeddingexport.kafka.sink.Inputs.KEY;
import static io.embeddingexport.kafka.sink.Inputs.VALUE;
import static io.embeddingexport.kafka.sink.Inputs.header;
import static io.embeddingexport.kafka.sink.Inputs.headers;
import static io.embeddingexport.kafka.sink.Inputs.hex;
import static io.embeddingexport.kafka.sink.Inputs.input;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLettersTest {
  private static final String[] OURS = {
    "ee.reason=6e6f2d6b65792d636f6e666967", // no-key-config
    "ee.detail=c3a9", // é
    "ee.topic=6576656e7473", // events
    "ee.partition=33", // 3
    "ee.offset=3432", // 42
    "ee.timestamp=31373030303030303030303030" // 1700000000000
  };

  @Test
  void aDeadLetterShouldSayWhyAndWhere() {
    ProducerRecord<byte[], byte[]> letter = letter(input(KEY, VALUE), rejected("é", null, 0));

    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(letter.partition()).isNull();
    assertThat(letter.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(letter.key()).isEqualTo(hex("6b 00 ff"));
    assertThat(letter.value()).isEqualTo(hex("0b 80 ff 00"));
    assertThat(headers(letter)).containsExactly(OURS);
  }

  @Test
  void givenAModelAndAVersionThenTheyComeLast() {
    assertThat(headers(letter(input(KEY, VALUE), rejected("é", "m7", 12))))
        .startsWith(OURS)
        .endsWith("ee.model=6d37", "ee.key-config-version=3132")
        .hasSize(8);
  }

  @Test
  void givenAModelWithoutAKeyConfigThenNoVersionIsStated() {
    assertThat(headers(letter(input(KEY, VALUE), rejected("é", "m7", 0))))
        .startsWith(OURS)
        .endsWith("ee.model=6d37")
        .hasSize(7);
  }

  @Test
  void anAbsentKeyOrValueShouldStayAbsent() {
    ProducerRecord<byte[], byte[]> letter = letter(input(null, null), rejected("é", null, 0));

    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
  }

  @Test
  void originalHeadersShouldStandUntouchedBeforeOurs() {
    Envelope input =
        input(
            KEY,
            VALUE,
            header("b", "1"),
            new RecordHeader("a", null),
            header("b", "1"),
            new RecordHeader("", new byte[0]),
            new RecordHeader("raw", hex("ff 00")),
            header("ee.reason", "x"));

    assertThat(headers(letter(input, rejected("é", null, 0))))
        .startsWith("b=31", "a=null", "b=31", "=", "raw=ff00", "ee.reason=78")
        .endsWith(OURS)
        .hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({"0, 30", "-1, 2d31", "-7, 2d37"})
  void theTimestampHeaderShouldStateItAsItCame(long millis, String text) {
    assertThat(headers(letter(Inputs.at(millis), rejected("é", null, 0))))
        .contains("ee.timestamp=" + text);
  }

  @Test
  void givenADetailOf1KiBThenItIsKeptWhole() {
    assertThat(detail("a".repeat(1022) + "é")).isEqualTo("a".repeat(1022) + "é");
  }

  /** Two, three and four bytes: é, €, 😀; each begins at byte 1024 less its length plus one. */
  @ParameterizedTest
  @CsvSource({"1024, a", "1023, é", "1022, €", "1023, €", "1021, 😀", "1022, 😀", "1023, 😀"})
  void givenACharacterThatCrosses1KiBThenTheDetailEndsBeforeIt(int before, String character) {
    assertThat(detail("a".repeat(before) + character + "tail")).isEqualTo("a".repeat(before));
  }

  @Test
  void givenALongModelThenItIsCutAsWell() {
    ProducerRecord<byte[], byte[]> letter =
        letter(input(KEY, VALUE), rejected("é", "m".repeat(1023) + "é", 0));

    assertThat(letter.headers().lastHeader("ee.model").value())
        .isEqualTo("m".repeat(1023).getBytes(UTF_8));
  }

  @Test
  void theAddedHeadersShouldFitWhatIsAllowedForThem() {
    String longest = "x".repeat(10_000);
    Envelope input =
        new Envelope(
            KEY,
            VALUE,
            Envelope.NO_HEADERS,
            Long.MAX_VALUE,
            "t".repeat(249), // Kafka's longest
            Integer.MAX_VALUE,
            Long.MAX_VALUE);

    int bytes =
        Arrays.stream(letter(input, rejected(longest, longest, Long.MAX_VALUE)).headers().toArray())
            .mapToInt(header -> header.key().length() + header.value().length)
            .sum();

    assertThat(bytes).isBetween(2 * 1024, 4 * 1024);
  }

  /** The detail header as text; strictly decoded text that is cut within a character has U+FFFD. */
  private static String detail(String detail) {
    ProducerRecord<byte[], byte[]> letter = letter(input(KEY, VALUE), rejected(detail, null, 0));
    return new String(letter.headers().lastHeader("ee.detail").value(), UTF_8);
  }

  private static Rejected rejected(String detail, String model, long version) {
    return new Rejected(RejectReason.NO_KEY_CONFIG, detail, model, version);
  }

  private static ProducerRecord<byte[], byte[]> letter(Envelope input, Rejected why) {
    return DeadLetters.of("dead", new Decision(input, why), why);
  }
}
