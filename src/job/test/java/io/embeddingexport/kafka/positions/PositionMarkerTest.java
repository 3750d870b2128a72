package io.embeddingexport.kafka.positions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionMarkerTest {
  /** What a broker takes, if {@code offset.metadata.max.bytes} is not set. */
  private static final int BROKERS_LIMIT = 4096;

  private static final Instant SUBMITTED = Instant.parse("2026-01-31T12:00:00Z");

  private static final PositionMarker MARKER =
      new PositionMarker(
          new RunIdentity("0123456789ab", SUBMITTED),
          List.of("aaaaaaaaaaaa", "bbbbbbbbbbbb"),
          4,
          2,
          16,
          new Uuid(1, 2),
          "embedding export.");

  private static final String TEXT =
      "ee/1 run=0123456789ab submitted=2026-01-31T12:00:00Z after=aaaaaaaaaaaa,bbbbbbbbbbbb"
          + " parallelism=4 ids=2 partitions=16 topic-id=AAAAAAAAAAEAAAAAAAAAAg"
          + " prefix=embedding export.";

  @Provide
  Arbitrary<PositionMarker> markers() {
    Arbitrary<String> ids = Arbitraries.strings().withChars("0123456789abcdef").ofLength(12);
    Arbitrary<RunIdentity> runs =
        Combinators.combine(ids, Arbitraries.longs().between(0, 4_102_444_800L))
            .as((id, seconds) -> new RunIdentity(id, Instant.ofEpochSecond(seconds)));
    Arbitrary<Integer> counts = Arbitraries.integers().greaterOrEqual(0);
    Arbitrary<Uuid> topicIds =
        Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Uuid::new);
    return Combinators.combine(
            runs,
            ids.list().ofMaxSize(PositionMarker.MOST_AFTER),
            counts,
            counts,
            counts,
            topicIds,
            Arbitraries.strings().ofMaxLength(249))
        .as(PositionMarker::new);
  }

  @Property
  void parseShouldBeTheInverseOfText(@ForAll("markers") PositionMarker marker) {
    assertThat(PositionMarker.parse(marker.text())).isEqualTo(marker);
  }

  @Test
  void theTextIsThatOfTheGrammar() {
    assertThat(MARKER.text()).isEqualTo(TEXT);
    assertThat(PositionMarker.parse(TEXT)).isEqualTo(MARKER);
  }

  @Test
  void aRunThatTookOverFromNoneShouldSaySo() {
    PositionMarker first = MARKER.withIds(0);
    first = new PositionMarker(first.run(), List.of(), 1, 0, 1, first.topicId(), "p");

    assertThat(first.text()).contains(" after= ");
    assertThat(PositionMarker.parse(first.text())).isEqualTo(first);
  }

  @Test
  void aPrefixShouldBeTakenAsItIs() {
    for (String prefix : List.of("", " ", "a b", "x prefix=y run=z", "é=", "ee/1 run=a")) {
      PositionMarker marker =
          new PositionMarker(MARKER.run(), List.of(), 1, 1, 1, MARKER.topicId(), prefix);
      assertThat(PositionMarker.parse(marker.text())).isEqualTo(marker);
    }
  }

  @Test
  void unknownFieldsShouldBeIgnored() {
    assertThat(PositionMarker.parse(TEXT.replace(" ids=", " later-field=x/y ids=")))
        .isEqualTo(MARKER);
    assertThat(PositionMarker.parse(TEXT.replace(" run=", " empty= run="))).isEqualTo(MARKER);
  }

  @Test
  void fieldsShouldHaveNoOrder() {
    assertThat(PositionMarker.parse(TEXT.replace(" ids=2", "").replace("ee/1", "ee/1 ids=2")))
        .isEqualTo(MARKER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ee/1",
        "ee/1 ",
        "ee/1 prefix=",
        "ee/1 prefix=x",
        "NoMetadata",
        "{\"version\":1}",
        "prefix=x",
      })
  void metadataOfSomebodyElseShouldBeNoMarker(String metadata) {
    assertThat(PositionMarker.parse(metadata)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "submitted",
        "after",
        "parallelism",
        "ids",
        "partitions",
        "topic-id",
        "prefix"
      })
  void aMarkerThatMissesAFieldShouldBeNone(String field) {
    assertThat(PositionMarker.parse(TEXT.replace(" " + field + "=", " x" + field + "="))).isNull();
  }

  @Test
  void aMarkerWithAFieldThatCannotBeReadShouldBeNone() {
    for (String field : List.of("submitted", "parallelism", "ids", "partitions", "topic-id")) {
      assertThat(PositionMarker.parse(TEXT.replaceFirst(" " + field + "=\\S+", " " + field + "=?")))
          .as(field)
          .isNull();
    }
  }

  @Test
  void aMarkerOfALaterFormatShouldBeNone() {
    assertThat(PositionMarker.parse(TEXT.replace("ee/1", "ee/2"))).isNull();
    assertThat(PositionMarker.parse(TEXT.replace("ee/1", "ee/10"))).isNull();
  }

  @Test
  void theLongestMarkerShouldFitABrokersDefault() {
    String run = "f".repeat(12);
    PositionMarker longest =
        new PositionMarker(
            new RunIdentity(run, Instant.MAX),
            List.of(run, run, run, run, run, run, run, run),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            new Uuid(-1, -1),
            "\u6f22".repeat(249));

    assertThat(longest.after()).hasSize(PositionMarker.MOST_AFTER);
    assertThat(longest.text().getBytes(UTF_8)).hasSizeLessThan(BROKERS_LIMIT / 2);
  }

  @Test
  void anotherRunTakesOverFromTheMarkersRunAndThoseBefore() {
    assertThat(MARKER.afterFor(new RunIdentity("cccccccccccc", SUBMITTED)))
        .containsExactly("0123456789ab", "aaaaaaaaaaaa", "bbbbbbbbbbbb");
  }

  @Test
  void theSameRunTakesOverFromNoneMore() {
    assertThat(MARKER.afterFor(new RunIdentity("0123456789ab", Instant.EPOCH)))
        .containsExactly("aaaaaaaaaaaa", "bbbbbbbbbbbb");
  }

  @Test
  void afterManyRunsTheNewestEightAreRemembered() {
    PositionMarker marker = MARKER;
    for (int n = 0; n < 20; n++) {
      RunIdentity next = new RunIdentity("run-%08d".formatted(n), SUBMITTED);
      marker = new PositionMarker(next, marker.afterFor(next), 1, 1, 1, marker.topicId(), "prefix");
    }

    assertThat(marker.after())
        .isEqualTo(
            IntStream.rangeClosed(1, 8).mapToObj(n -> "run-%08d".formatted(19 - n)).toList());
  }

  @Test
  void moreIdsChangeNothingElse() {
    assertThat(MARKER.withIds(5).text()).isEqualTo(TEXT.replace("ids=2", "ids=5"));
  }
}
