package io.embeddingexport.cli.positions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetPlanTest {
  private static final TopicPartition IN_0 = new TopicPartition("in", 0);
  private static final TopicPartition IN_1 = new TopicPartition("in", 1);

  private final Reports group = new Reports();

  private PositionPlan set(Map<TopicPartition, Long> targets) {
    return SetPlan.of(group.report(), targets, partition -> "not named");
  }

  @ParameterizedTest
  @CsvSource({
    "20, 70, '20 → 70, skips 50 offsets'",
    "70, 20, '70 → 20, repeats 50 offsets'",
    "20, 21, '20 → 21, skips 1 offset'",
    "20, 20, 20 → 20",
    "20, 10, '20 → 10, repeats 10 offsets'",
    "20, 100, '20 → 100, skips 80 offsets'",
  })
  void whatIsSkippedOrRepeatedIsCounted(long from, long to, String line) {
    group.position("in", 0, from);

    PositionPlan plan = set(Map.of(IN_0, to));

    assertThat(plan.lines()).containsExactly("in-0: " + line);
    assertThat(plan.positions()).containsExactly(Map.entry(IN_0, to));
    assertThat(plan.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"9", "101"})
  void whatIsNotOnThePartitionIsRefused(long target) {
    group.position("in", 0, 20);

    assertThat(set(Map.of(IN_0, target)).problems())
        .containsExactly("in-0: " + target + " is outside the partition, which has 10 to 100");
  }

  @Test
  void aPartitionThatIsNotThereIsRefused() {
    group.position("in", 0, 20);

    assertThat(set(Map.of(IN_0, 30L, IN_1, 30L)).problems())
        .containsExactly("in-1: no input topic has that partition");
  }

  @Test
  void othersKeepTheirPosition() {
    group.position("in", 0, 20).position("in", 1, 30).unmarked("in", 2, 40);

    PositionPlan plan = set(Map.of(IN_0, 25L));

    assertThat(plan.positions()).containsOnlyKeys(IN_0);
    assertThat(plan.lines())
        .containsExactly(
            "in-0: 20 → 25, skips 5 offsets",
            "in-1: 30 stays (not named)",
            "in-2: 40 stays (not named), and a start is refused there");
  }

  @Test
  void aPartitionWithoutPositionMustBeNamed() {
    group.position("in", 0, 20).missing("in", 1);

    assertThat(set(Map.of(IN_0, 25L)).problems())
        .containsExactly(
            "in-1: has no position, and none is given (not named); set it with offset: as"
                + " in:1=OFFSET, or *=OFFSET for every partition not named");
    assertThat(set(Map.of(IN_0, 25L, IN_1, 10L)).lines())
        .containsExactly("in-0: 20 → 25, skips 5 offsets", "in-1: none → 10");
  }

  /** The marker of a partition says how many there are: one without position would be missing. */
  @Test
  void aPartitionThatWasAddedGetsThePositionThatAStartWouldGiveIt() {
    group.position("in", 0, 20).fresh("in", 1);

    PositionPlan plan = set(Map.of(IN_0, 25L));

    assertThat(plan.positions()).containsOnly(Map.entry(IN_0, 25L), Map.entry(IN_1, 10L));
    assertThat(plan.lines()).contains("in-1: none → 10");
  }

  @Test
  void aTopicThatIsReadForTheFirstTimeIsLeftToTheStart() {
    group.position("in", 0, 20).fresh("other", 0);

    PositionPlan plan = set(Map.of(IN_0, 25L));

    assertThat(plan.positions()).containsOnlyKeys(IN_0);
    assertThat(plan.lines()).contains("other-0: none stays (not named), and a start begins at 10");
  }

  @Test
  void whereNothingHasAPositionAllMustBeNamed() {
    group.fresh("in", 0).fresh("in", 1);

    assertThat(set(Map.of(IN_0, 25L)).problems()).hasSize(1);
    assertThat(set(Map.of(IN_0, 25L, IN_1, 30L)).problems()).isEmpty();
  }

  @Test
  void onATopicThatWasCreatedAnewNothingIsSkipped() {
    group.createdAnew("in", 0, 5000);

    assertThat(set(Map.of(IN_0, 10L)).lines())
        .containsExactly("in-0: 5000 on the topic that was deleted → 10");
  }
}
