package io.embeddingexport.kafka.positions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class GroupTest {
  private static final TopicPartition P0 = new TopicPartition("events", 0);
  private static final TopicPartition P1 = new TopicPartition("events", 1);
  private static final TopicPartition M0 = new TopicPartition("more", 0);

  private static final PositionMarker MARKER = StartFixture.marker("run-a", 1);

  private final Group group =
      new Group(
          Map.of(
              P0, new OffsetAndMetadata(7, MARKER.text()),
              P1, new OffsetAndMetadata(8, "somebody else"),
              M0, new OffsetAndMetadata(9, MARKER.withIds(3).text())));

  @Test
  void aPartitionWithoutAnOffsetIsNotThere() {
    Map<TopicPartition, OffsetAndMetadata> answer = new HashMap<>();
    answer.put(P0, new OffsetAndMetadata(7));
    answer.put(P1, null);

    assertThat(new Group(answer).offsets()).containsOnlyKeys(P0);
    assertThat(new Group(answer).offset(P1)).isNull();
    assertThat(new Group(answer).marker(P1)).isNull();
  }

  @Test
  void onlyAnOffsetOfOursHasAMarker() {
    assertThat(group.marker(P0)).isEqualTo(MARKER);
    assertThat(group.offset(P1).offset()).isEqualTo(8);
    assertThat(group.marker(P1)).isNull();
  }

  @Test
  void startsThatMustBeCommittedFirstAreToldFromThoseThatAre() {
    PositionMarker anew =
        new PositionMarker(MARKER.run(), List.of(), 1, 0, 1, Uuid.randomUuid(), MARKER.prefix());

    assertThat(group.standsAt(Map.of(P0, new Start(7, MARKER), M0, new Start(9, MARKER)))).isTrue();
    assertThat(group.standsAt(Map.of(P0, new Start(0, MARKER)))).as("elsewhere").isFalse();
    assertThat(group.standsAt(Map.of(P0, new Start(7, anew)))).as("a topic anew").isFalse();
    assertThat(group.standsAt(Map.of(P1, new Start(8, MARKER)))).as("somebody else's").isFalse();
    assertThat(group.standsAt(Map.of(new TopicPartition("new", 0), new Start(0, MARKER))))
        .as("without a position")
        .isFalse();
  }

  @Test
  void markersAreThoseOfAllPartitionsOrOfATopics() {
    assertThat(group.markers()).containsExactlyInAnyOrder(MARKER, MARKER.withIds(3));
    assertThat(group.markers("events")).containsExactly(MARKER);
    assertThat(group.markers("nothing")).isEmpty();
  }

  @Test
  void whatIsKnownBetterCountsForThePartitionsAskedForAlone() {
    Group known = new Group(Map.of(P0, new OffsetAndMetadata(70, "x")));

    Group both = group.with(List.of(P0, P1), known);

    assertThat(both.offset(P0).offset()).isEqualTo(70);
    assertThat(both.offset(P1)).as("asked for, and not there any more").isNull();
    assertThat(both.offset(M0)).isEqualTo(group.offset(M0));
    assertThat(group.offset(P0).offset()).as("the group itself").isEqualTo(7);
  }

  @Test
  void partitionsAreOfARunIfItHasClaimedAllOfThemWithAsManySlots() {
    RunIdentity run = MARKER.run();
    int slots = MARKER.parallelism();

    assertThat(group.isOf(run, slots, List.of(P0, M0))).isTrue();
    assertThat(group.isOf(run, slots, List.of(P0, P1))).as("one is somebody else's").isFalse();
    assertThat(group.isOf(run, slots + 1, List.of(P0))).as("rescaled since").isFalse();
    assertThat(group.isOf(RunIdentity.create(), slots, List.of(P0))).isFalse();
  }
}
