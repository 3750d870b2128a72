package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.StartOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a checkpoint keeps of the source as a whole, and what it decides: next to nothing. */
class EnumeratorStateTest {
  private static final StartOptions OPTIONS =
      new StartOptions(List.of("events", "more"), "keys", new ReadPosition.Earliest(), false);

  private final FakeStarts brokers = new FakeStarts();
  private FakeCoordinator flink = new FakeCoordinator(2);

  EnumeratorStateTest() {
    brokers.topic("events", 1, 2);
    brokers.commit("events", 0, 40);
    brokers.commit("events", 1, 41);
  }

  private PartitionEnumerator unbounded(@Nullable SourceState checkpoint) {
    return enumerator(new SourceBounds(null, Map.of()), checkpoint);
  }

  private PartitionEnumerator enumerator(SourceBounds bounds, @Nullable SourceState checkpoint) {
    return new PartitionEnumerator(flink, "g", OPTIONS, brokers, bounds, 1_000, checkpoint);
  }

  private PartitionEnumerator running(PartitionEnumerator enumerator) {
    enumerator.start();
    flink.answerNext();
    return enumerator;
  }

  @Test
  void theEndsOfABoundedRunAreInItsStateAndARestartDoesNotMoveThem() {
    SourceBounds first =
        new SourceBounds(
            partitions -> {
              Map<TopicPartition, Long> ends = new HashMap<>();
              partitions.forEach(partition -> ends.put(partition, 100L));
              return ends;
            },
            Map.of());
    SourceState state = running(enumerator(first, null)).snapshotState(1);
    assertThat(state.stops())
        .isEqualTo(
            Map.of(new TopicPartition("events", 0), 100L, new TopicPartition("events", 1), 100L));

    SourceBounds bounds =
        new SourceBounds(
            partitions -> {
              throw new AssertionError("asked for " + partitions);
            },
            state.stops());
    flink = new FakeCoordinator(2);
    PartitionEnumerator again = running(enumerator(bounds, state));

    assertThat(again.snapshotState(2).stops()).isEqualTo(state.stops());
  }

  @Test
  void theStateSaysOfWhichTopicsTheGroupHadPositions() {
    PartitionEnumerator enumerator = unbounded(null);
    assertThat(enumerator.snapshotState(1)).isEqualTo(new SourceState("g", Set.of(), Map.of()));

    running(enumerator);
    assertThat(enumerator.snapshotState(2))
        .isEqualTo(new SourceState("g", Set.of("events"), Map.of()));
  }

  @Test
  void givenAStateOfThisGroupThenTheStartKnowsThatThereWerePositions() {
    SourceState state = new SourceState("g", Set.of("events"), Map.of());
    PartitionEnumerator restored = unbounded(state);
    assertThat(restored.snapshotState(1)).as("before this attempt has begun").isEqualTo(state);

    running(restored);
    assertThat(brokers.asked).containsExactly("all of 2, had positions of [events]");
  }

  @Test
  void aStateOfAnotherGroupOrOfOtherTopicsSaysNothingOfThisOnes() {
    running(unbounded(new SourceState("other", Set.of("events"), Map.of())));
    flink = new FakeCoordinator(2);
    running(unbounded(new SourceState("g", Set.of("keys", "retired"), Map.of())));

    assertThat(brokers.asked).containsExactly("all of 2", "all of 2");
  }

  @Test
  void whereTheCheckpointStoodDecidesNothing() {
    PartitionEnumerator enumerator = unbounded(null);
    enumerator.start();
    PartitionSplit old =
        new PartitionSplit(
            new TopicPartition("events", 0),
            5,
            PartitionSplit.NEVER,
            "an older marker",
            true,
            false);
    flink.register(0, old);
    enumerator.addReader(0);
    flink.register(1, old);
    enumerator.addReader(1);
    flink.answerNext();

    assertThat(flink.take())
        .map(line -> line.substring(3))
        .containsExactlyInAnyOrder("events-0@40 off checkpoint", "events-1@41");
  }
}
