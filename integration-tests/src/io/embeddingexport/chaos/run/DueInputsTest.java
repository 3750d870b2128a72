package io.embeddingexport.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DueInputsTest {
  private static final long TICK = 20_000_000;
  private static final int RATE = 6_000;

  private long now;
  private final DueInputs dueInputs = new DueInputs(RATE, now);

  @Test
  void inASecondSoManyAreDue() {
    assertThat(ticks(50)).isBetween(RATE - 1, RATE);
  }

  @Test
  void afterAPauseTwiceAsManyAreDueUntilItIsMadeUpFor() {
    now += 3_000_000_000L;
    assertThat(dueInputs.due(now)).isEqualTo(RATE / 5);
    assertThat(ticks(50)).isBetween(2 * RATE - 50, 2 * RATE);
    assertThat(ticks(500)).isBetween(12 * RATE - RATE / 5 - 51, 12 * RATE - RATE / 5 + 50);
    assertThat(ticks(50)).isBetween(RATE - 1, RATE);
  }

  @Test
  void ofALongPauseOnlyTenSecondsAreMadeUpFor() {
    now += 600_000_000_000L;
    assertThat(dueInputs.due(now) + ticks(50 * 30)).isBetween(40 * RATE - 1, 40 * RATE);
    assertThat(ticks(50)).isBetween(RATE - 1, RATE);
  }

  private int ticks(int count) {
    int due = 0;
    for (int i = 0; i < count; i++) {
      now += TICK;
      due += dueInputs.due(now);
    }
    return due;
  }
}
