package io.embeddingexport.kafka.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.types.Envelope;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterFilterTest {
  private static final DeadLetter LETTER = letter("shape", "m");

  private static DeadLetter letter(String reason, String model) {
    Envelope message = new Envelope(null, null, Envelope.NO_HEADERS, 1000, "letters", 0, 5);
    Envelope input = new Envelope(null, null, Envelope.NO_HEADERS, 1000, "events", 3, 42);
    return new DeadLetter(message, reason, "", model, 0, input, -1);
  }

  private static LetterFilter filter(List<String> reasons, List<String> models) {
    return new LetterFilter(reasons, models, null, null, null, null, null);
  }

  private static LetterFilter times(Long from, Long to) {
    return new LetterFilter(List.of(), List.of(), from, to, null, null, null);
  }

  private static LetterFilter origin(String topic, Integer partition, Long offset) {
    return new LetterFilter(List.of(), List.of(), null, null, topic, partition, offset);
  }

  @Test
  void aLetterPassesIfEveryPartThatIsGivenFits() {
    assertThat(LetterFilter.ALL.passes(LETTER)).isTrue();
    assertThat(filter(List.of("dtype", "shape"), List.of("m")).passes(LETTER)).isTrue();
    assertThat(filter(List.of("dtype"), List.of()).passes(LETTER)).isFalse();
    assertThat(filter(List.of("shape"), List.of("n")).passes(LETTER)).isFalse();
    assertThat(origin("events", 3, 42L).passes(LETTER)).isTrue();
    assertThat(origin("letters", null, null).passes(LETTER)).isFalse();
    assertThat(origin(null, 4, null).passes(LETTER)).isFalse();
    assertThat(origin(null, null, 5L).passes(LETTER)).isFalse();
  }

  @Test
  void aLetterWithoutAModelPassesOnlyIfNoneIsNamed() {
    assertThat(LetterFilter.ALL.passes(letter("undecodable", null))).isTrue();
    assertThat(filter(List.of(), List.of("m")).passes(letter("undecodable", null))).isFalse();
  }

  @Test
  void theFirstTimeIsInTheRangeAndTheLastIsNot() {
    assertThat(times(1000L, 1001L).passes(LETTER)).isTrue();
    assertThat(times(1001L, null).passes(LETTER)).isFalse();
    assertThat(times(null, 1000L).passes(LETTER)).isFalse();
  }

  @Test
  void theFingerprintTellsFiltersApartAndNotTheOrderOfTheirParts() {
    assertThat(LetterFilter.ALL.fingerprint()).isEqualTo("all");
    assertThat(filter(List.of("b", "a"), List.of()).fingerprint())
        .isEqualTo(filter(List.of("a", "b", "a"), List.of()).fingerprint())
        .matches("[0-9a-f]{8}");
    List<LetterFilter> all =
        List.of(
            LetterFilter.ALL,
            filter(List.of("a"), List.of()),
            filter(List.of(), List.of("a")),
            filter(List.of("a", "b"), List.of()),
            filter(List.of("a"), List.of("b")),
            times(1L, null),
            times(null, 1L),
            origin("1", null, null),
            origin(null, 1, null),
            origin(null, null, 1L));
    assertThat(all).extracting(LetterFilter::fingerprint).doesNotHaveDuplicates();
  }

  @Test
  void asTextItIsItsOptions() {
    assertThat(LetterFilter.ALL).hasToString("all letters");
    assertThat(new LetterFilter(List.of("shape"), List.of("m", "n"), 0L, 1000L, "events", 3, 42L))
        .hasToString(
            "--reason shape --model m --model n --from 1970-01-01T00:00:00Z"
                + " --to 1970-01-01T00:00:01Z --topic events --partition 3 --offset 42");
  }
}
