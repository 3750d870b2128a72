package io.embeddingexport.kafka.positions;

import static io.embeddingexport.kafka.positions.StartFixture.BEGIN;
import static io.embeddingexport.kafka.positions.StartFixture.END;
import static io.embeddingexport.kafka.positions.StartFixture.KEYS;
import static io.embeddingexport.kafka.positions.StartFixture.PARALLELISM;
import static io.embeddingexport.kafka.positions.StartFixture.offset;
import static io.embeddingexport.kafka.positions.StartFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a start goes on. What it refuses is in {@link StartRefusalsTest}. */
class StartRulesTest {
  private static final TopicPartition E0 = new TopicPartition("events", 0);

  private final StartFixture start = new StartFixture();

  @Test
  void aPartitionGoesOnAtTheGroupsPosition() {
    start.commit("events", 0, 40);
    start.commit("events", 1, 41);

    assertThat(offset(start.decide("events"), "events", 0)).isEqualTo(40);
    assertThat(offset(start.decide("events"), "events", 1)).isEqualTo(41);
  }

  @Test
  void aPositionAtTheFirstMessageAndOneAtTheEndAreFine() {
    start.commit("events", 0, BEGIN);
    start.commit("events", 1, END);

    assertThat(offset(start.decide("events"), "events", 0)).isEqualTo(BEGIN);
    assertThat(offset(start.decide("events"), "events", 1)).isEqualTo(END);
  }

  @Test
  void givenAPositionThenInputFromDoesNotCount() {
    start.from("latest");
    start.commit("events", 0, 40);
    start.commit("events", 1, 41);

    assertThat(offset(start.decide("events"), "events", 0)).isEqualTo(40);
  }

  @ParameterizedTest
  @CsvSource({
    "earliest, 10",
    "latest, 100",
    "timestamp:5, 15",
    "'offset:events:0=10,events:1=10', 10",
    "'offset:events:0=100,events:1=100', 100",
  })
  void givenNoPositionOfItsTopicThenAPartitionStartsWhereInputFromSays(String from, long offset) {
    start.from(from);

    Map<TopicPartition, Start> starts = start.decide("events");

    assertThat(offset(starts, "events", 0)).isEqualTo(offset);
    assertThat(offset(starts, "events", 1)).isEqualTo(offset);
  }

  @Test
  void inputFromCountsForATopicThatHasNoPositionAlthoughAnotherHas() {
    start.from("latest");
    start.commit("events", 0, 40);
    start.commit("events", 1, 41);

    assertThat(offset(start.decide(), "more", 0)).isEqualTo(END);
    assertThat(offset(start.decide(), "events", 0)).isEqualTo(40);
  }

  @Test
  void aPartitionThatWasAddedStartsAtItsFirstMessageWhateverInputFromSays() {
    start.from("latest");
    start.commit("events", 0, 40);
    start.commit("events", 1, 41);
    start.topic("events", 4);

    Map<TopicPartition, Start> starts = start.decide("events");

    assertThat(offset(starts, "events", 2)).isEqualTo(BEGIN);
    assertThat(offset(starts, "events", 3)).isEqualTo(BEGIN);
    assertThat(offset(starts, "events", 1)).isEqualTo(41);
  }

  @Test
  void givenThatTheRunMustStartThereThenAGroupWithoutPositionsDoes() {
    start.mustStartThere("offset:*=12");

    assertThat(offset(start.decide(), "events", 0)).isEqualTo(12);
    assertThat(offset(start.decide(), "more", 1)).isEqualTo(12);
  }

  @Test
  void givenARunThatMustStartThereAndHasStartedThenItGoesOn() {
    start.mustStartThere("offset:*=12");
    start.commit("events", 0, 40, start.marker("run-b", "events").text());
    start.commit("events", 1, 41, start.marker("run-b", "events").text());

    assertThat(offset(start.decide("events"), "events", 0)).isEqualTo(40);
  }

  @Test
  void keyConfigsStartAtZeroWhateverInputFromSaysAndTheBrokersKeep() {
    start.mustStartThere("latest");

    assertThat(offset(start.decide(KEYS), KEYS, 0)).as("before the first message kept").isZero();
  }

  @Test
  void keyConfigsGoOnAtTheGroupsPosition() {
    start.commit(KEYS, 0, 40);
    assertThat(offset(start.decide(KEYS), KEYS, 0)).isEqualTo(40);

    // Compaction may delete what stands before, and the topic may be written again.
    start.commit(KEYS, 0, BEGIN - 1);
    assertThat(offset(start.decide(KEYS), KEYS, 0)).isEqualTo(BEGIN - 1);
    start.mustStartThere("latest");
    assertThat(offset(start.decide(KEYS), KEYS, 0)).isEqualTo(BEGIN - 1);
  }

  @Test
  void givenATopicOfKeyConfigsThatWasCreatedAnewThenItStartsAtZero() {
    start.commit(KEYS, 0, 40);
    start.createAnew(KEYS);

    Start keys = start.decide(KEYS).get(new TopicPartition(KEYS, 0));

    assertThat(keys.offset()).isZero();
    assertThat(keys.marker().topicId()).isEqualTo(start.topics.get(KEYS).id());
  }

  @Test
  void givenAnOffsetOfKeyConfigsThatSomebodyElseCommittedThenTheyStartAtZero() {
    start.commit(KEYS, 0, 40, "");

    assertThat(offset(start.decide(KEYS), KEYS, 0)).isZero();
  }

  @Test
  void theMarkerSaysWhatTheNextStartMustKnow() {
    start.commit("events", 0, 40);
    start.commit("events", 1, 41);

    assertThat(start.decide("events").get(E0).marker())
        .isEqualTo(
            new PositionMarker(
                run("run-b"),
                List.of("run-a"),
                PARALLELISM,
                2,
                2,
                start.topics.get("events").id(),
                "p."));
  }

  @Test
  void theMarkerOfAFirstStartHasNoIdsAndNoRunBefore() {
    PositionMarker marker = start.decide("events").get(E0).marker();

    assertThat(marker.after()).isEmpty();
    assertThat(marker.ids()).isZero();
    assertThat(marker.run()).isEqualTo(run("run-b"));
  }

  @Test
  void atLeastOnceTheMarkerHasNoIds() {
    start.atLeastOnce();
    start.commit("events", 0, 40);
    start.commit("events", 1, 41);

    assertThat(start.decide("events").get(E0).marker().ids()).isZero();
  }

  @Test
  void thePositionIsTheOffsetWithTheMarker() {
    Start first = start.decide("events").get(E0);

    assertThat(first.position().offset()).isEqualTo(first.offset());
    assertThat(PositionMarker.parse(first.position().metadata())).isEqualTo(first.marker());
  }

  /** A partition that was added since has no position yet: it must not look like one lost. */
  @Test
  void theMarkerCountsOnlyPartitionsThatHaveAPositionOrGetOne() {
    start.commit("events", 0, 40);
    start.commit("events", 1, 41);
    start.topic("events", 4);
    TopicPartition added = new TopicPartition("events", 2);

    assertThat(start.decide(List.of(E0)).get(E0).marker().partitions()).isEqualTo(2);
    assertThat(start.decide(List.of(E0, added)).get(E0).marker().partitions()).isEqualTo(3);
  }

  @Test
  void startsAreInTheOrderInWhichPartitionsAreNamed() {
    assertThat(start.decide().keySet())
        .map(TopicPartition::toString)
        .containsExactly("events-0", "events-1", "keys-0", "more-0", "more-1");
  }

  @Test
  void aTopicKnowsItsPartitions() {
    assertThat(new TopicState("t", Uuid.ZERO_UUID, 2).all())
        .containsExactly(new TopicPartition("t", 0), new TopicPartition("t", 1));
  }
}
