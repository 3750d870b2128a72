package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WaitBudgetTest {
  private static final long MOST = 10_000;

  private long now = Long.MAX_VALUE - 50_000; // System.nanoTime may overflow
  private final WaitBudget budget = new WaitBudget(Duration.ofNanos(MOST), () -> now);

  @Test
  void theFirstWaitMayTakeTheWholeTimeout() {
    assertThat(budget.available()).isEqualTo(MOST);
    now += MOST;
    assertThat(budget.spent()).isEqualTo(MOST);
    assertThat(budget.available()).isZero();
  }

  @Test
  void timeThatIsNotWaitedFillsItAgainUpToTheTimeout() {
    budget.available();
    now += MOST;
    budget.spent();

    now += 4_000;
    assertThat(budget.available()).isEqualTo(4_000);
    now += 1_000;
    budget.spent();
    assertThat(budget.available()).isEqualTo(3_000);

    now += 100 * MOST;
    assertThat(budget.available()).isEqualTo(MOST);
  }

  @Test
  void givenAWaitThatTookLongerThanItMightThenNothingIsOwed() {
    budget.available();
    now += 5 * MOST;
    budget.spent();
    now += 10;
    assertThat(budget.available()).isEqualTo(10);
  }

  @Test
  void givenNoTimeoutThenThereIsNeverTimeToWait() {
    WaitBudget none = new WaitBudget(Duration.ZERO, () -> now);
    now += MOST;
    assertThat(none.available()).isZero();
  }

  /** Whatever versions the events name, and however long each event takes. */
  @Property
  void anInstanceShouldWaitNoLongerThanItWorksAndOneTimeout(
      @ForAll @Size(max = 200) List<@LongRange(max = 3 * MOST) Long> workAndWaits) {
    long worked = 0;
    long waited = 0;
    for (int i = 0; i + 1 < workAndWaits.size(); i += 2) {
      now += workAndWaits.get(i);
      worked += workAndWaits.get(i);
      long wait = Math.min(budget.available(), workAndWaits.get(i + 1));
      assertThat(wait).isBetween(0L, MOST);
      now += wait;
      waited += wait;
      assertThat(budget.spent()).isEqualTo(wait);

      assertThat(waited).isLessThanOrEqualTo(MOST + worked);
    }
  }
}
