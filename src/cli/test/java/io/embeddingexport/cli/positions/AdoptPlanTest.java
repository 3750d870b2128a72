package io.embeddingexport.cli.positions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdoptPlanTest {
  private static final String SET = "bin/embedding-export positions set --config FILE --to ";

  private final Reports group = new Reports();

  private PositionPlan adopt() {
    return AdoptPlan.of(group.report());
  }

  private static TopicPartition in(int partition) {
    return new TopicPartition("in", partition);
  }

  @Test
  void offsetsOfSomebodyElseBecomePositionsAndOurOwnStay() {
    group.unmarked("in", 0, 20).ofOtherPrefix("in", 1, 30).position("in", 2, 40);

    PositionPlan plan = adopt();

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.positions()).containsExactly(Map.entry(in(0), 20L), Map.entry(in(1), 30L));
    assertThat(plan.lines())
        .containsExactly(
            "in-0: 20, committed by something else, becomes this job's position",
            "in-1: 30, of prefix old. (run run-a, submitted 2026-01-31T12:00:00Z), becomes this"
                + " job's position",
            "in-2: 40, is already this job's position");
  }

  @Test
  void whereNothingIsCommittedThereIsNothingToAdopt() {
    group.fresh("in", 0).fresh("in", 1);

    assertThat(adopt().problems())
        .containsExactly(
            "group g has committed nothing for in: there is nothing to adopt; to say where the"
                + " job starts: "
                + SET
                + "POSITION");
  }

  @Test
  void aPartitionWithoutOffsetIsNamedWithItsRemedy() {
    group.unmarked("in", 0, 20).fresh("in", 1);

    assertThat(adopt().problems())
        .containsExactly(
            "in-1: nothing is committed for it; set first where it starts, then adopt the others: "
                + SET
                + "offset:in:1=OFFSET");
  }

  @Test
  void aPartitionThatWasAddedIsTakenAlong() {
    group.ofOtherPrefix("in", 0, 20).fresh("in", 1);

    assertThat(adopt().positions()).containsEntry(in(1), 10L);
  }

  @ParameterizedTest
  @CsvSource({"9", "101"})
  void anOffsetThatIsNotOnThePartitionIsRefused(long offset) {
    group.unmarked("in", 0, offset);

    assertThat(adopt().problems())
        .containsExactly(
            "in-0: "
                + offset
                + " is outside the partition, which has 10 to 100; to say where it starts: "
                + SET
                + "POSITION --partition in:0");
  }

  @Test
  void aPositionOnADeletedTopicIsRefused() {
    group.createdAnew("in", 0, 20);

    assertThat(adopt().problems())
        .singleElement()
        .asString()
        .startsWith("in-0: 20 is a position on a topic of that name that was deleted")
        .endsWith(SET + "earliest --topic in");
  }
}
