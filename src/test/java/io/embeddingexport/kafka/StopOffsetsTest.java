package io.embeddingexport.kafka;

import static io.embeddingexport.kafka.Broker.partition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StopOffsetsTest {
  private static final TopicPartition P0 = partition("events", 0);
  private static final TopicPartition P1 = partition("events", 1);
  private static final TopicPartition P2 = partition("events", 2);

  private final Broker broker = new Broker();

  @Test
  void namedPartitionsShouldStopThereAndTheOthersAtTheirEnd() {
    StopOffsets stops = new StopOffsets(Map.of(P1, 12L));

    assertThat(stops.getPartitionOffsets(List.of(P0, P1, P2), broker))
        .containsOnly(Map.entry(P0, 9L), Map.entry(P1, 12L), Map.entry(P2, 29L));
    assertThat(broker.askedForEnds).containsExactlyInAnyOrder(P0, P2);
  }

  @Test
  void givenNoneNamedThenAllStopAtTheEndTheyHaveNow() {
    assertThat(new StopOffsets(Map.of()).getPartitionOffsets(List.of(P0, P2), broker))
        .as("offsets, not Flink's mark for a later end")
        .containsOnly(Map.entry(P0, 9L), Map.entry(P2, 29L));
  }

  @Test
  void givenAllNamedThenTheBrokerIsNotAsked() {
    StopOffsets stops = new StopOffsets(Map.of(P0, 0L, P1, Long.MAX_VALUE));

    assertThat(stops.getPartitionOffsets(List.of(P0, P1), broker))
        .containsOnly(Map.entry(P0, 0L), Map.entry(P1, Long.MAX_VALUE));
    assertThat(broker.askedForEnds).isEmpty();
  }

  @Test
  void partitionsThatWereNotAskedForShouldNotBeAnswered() {
    StopOffsets stops = new StopOffsets(Map.of(P0, 3L, P1, 12L, partition("other", 0), 1L));

    assertThat(stops.getPartitionOffsets(List.of(P0), broker)).containsOnly(Map.entry(P0, 3L));
  }

  @Test
  void aChangeOfTheGivenMapShouldNotShow() {
    Map<TopicPartition, Long> given = new HashMap<>(Map.of(P0, 3L));
    StopOffsets stops = new StopOffsets(given);

    given.put(P0, 4L);

    assertThat(stops.getPartitionOffsets(List.of(P0), broker)).containsOnly(Map.entry(P0, 3L));
  }

  @Test
  void givenACopyAsFlinkShipsItThenItAnswersTheSame() throws Exception {
    StopOffsets stops = InstantiationUtil.clone(new StopOffsets(Map.of(P1, 12L)));

    assertThat(stops.getPartitionOffsets(List.of(P0, P1), broker))
        .containsOnly(Map.entry(P0, 9L), Map.entry(P1, 12L));
    assertThat(stops.getAutoOffsetResetStrategy()).isEqualTo(OffsetResetStrategy.LATEST);
  }
}
