package io.embeddingexport.kafka.sink;

import static io.embeddingexport.kafka.sink.SinkFixture.MARKER;
import static io.embeddingexport.kafka.sink.SinkFixture.P0;
import static io.embeddingexport.kafka.sink.SinkFixture.P1;
import static io.embeddingexport.kafka.sink.SinkFixture.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.kafka.positions.PositionMarker;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PositionsTest {
  private final Positions positions = new Positions();

  @Test
  void withoutPartitionsThereIsNothingToCommit() {
    assertThat(positions.areEmpty()).isTrue();
    assertThat(positions.haveMoved()).isFalse();
    assertThat(positions.take(1)).isEmpty();
  }

  @Test
  void aStartIsAPositionAndNoMove() {
    positions.start(start(P0, 12));

    assertThat(positions.areEmpty()).isFalse();
    assertThat(positions.haveMoved()).as("the claim is committed already").isFalse();
    assertThat(positions.take(0)).isEqualTo(Map.of(P0, at(12, MARKER)));
  }

  @Test
  void aPartitionStandsWhereItWasMovedLast() {
    positions.start(start(P0, 12));
    positions.start(start(P1, 0));
    positions.move("events", 0, 13);
    positions.move("events", 1, 1);
    positions.move("events", 0, 20);

    assertThat(positions.haveMoved()).isTrue();
    assertThat(positions.take(0)).isEqualTo(Map.of(P0, at(20, MARKER), P1, at(1, MARKER)));
  }

  @Test
  void afterATakeNothingHasMovedAndAllPartitionsAreStillThere() {
    positions.start(start(P0, 12));
    positions.start(start(P1, 0));
    positions.move("events", 0, 13);
    positions.take(0);

    assertThat(positions.haveMoved()).isFalse();
    positions.move("events", 1, 5);
    assertThat(positions.take(0)).isEqualTo(Map.of(P0, at(13, MARKER), P1, at(5, MARKER)));
  }

  @Test
  void whatWasTakenIsNotMovedAfterwards() {
    positions.start(start(P0, 12));
    Map<?, OffsetAndMetadata> taken = positions.take(0);
    positions.move("events", 0, 99);

    assertThat(taken.values()).containsExactly(at(12, MARKER));
  }

  @Test
  void markersSayHowManyIdsTheSlotUses() {
    positions.start(start(P0, 12));
    positions.start(start(P1, 0));

    assertThat(positions.take(2).get(P0)).isEqualTo(at(12, MARKER.withIds(2)));
    positions.move("events", 1, 1);
    assertThat(positions.take(3).get(P0)).as("not moved").isEqualTo(at(12, MARKER.withIds(3)));
  }

  @Test
  void aPartitionThatStartsAgainStandsThere() {
    assertThat(positions.start(start(P0, 12))).isFalse();
    positions.move("events", 0, 40);
    assertThat(positions.start(start(P0, 30))).as("the slot had it").isTrue();

    assertThat(positions.take(0)).isEqualTo(Map.of(P0, at(30, MARKER)));
  }

  @Test
  void anInputOfAPartitionThatHasNotStartedIsAMistakeOfTheTopology() {
    positions.start(start(P0, 12));

    assertThatIllegalStateException()
        .isThrownBy(() -> positions.move("events", 1, 1))
        .withMessageContaining("an input of events partition 1 came before the partition's start")
        .withMessageContaining("the source's parallelism");
    assertThatIllegalStateException().isThrownBy(() -> positions.move("more", 0, 1));
  }

  @Test
  void aStartWithoutAMarkerIsNone() {
    assertThatIllegalStateException()
        .isThrownBy(() -> positions.start(new PartitionStart("events", 0, "id", 3, "x")))
        .withMessage("partition events-0@3 starts without a marker");
  }

  private static OffsetAndMetadata at(long offset, PositionMarker marker) {
    return new OffsetAndMetadata(offset, marker.text());
  }
}
