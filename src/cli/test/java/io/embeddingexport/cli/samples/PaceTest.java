package io.embeddingexport.cli.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void eventsAreDueEvenlyFromTheStart() {
    Pace pace = new Pace(4, 100);

    assertThat(pace.next(100)).isZero();
    assertThat(pace.next(100)).isEqualTo(SECOND / 4);
    assertThat(pace.next(100 + SECOND / 4)).isEqualTo(SECOND / 4);
    assertThat(pace.next(100 + SECOND)).isZero();
  }

  @Test
  void afterAPauseASecondIsMadeUpFor() {
    Pace pace = new Pace(4, 0);
    pace.next(0);
    long now = 60 * SECOND;

    for (int i = 0; i <= 4; i++) {
      assertThat(pace.next(now)).as("event %d after the pause", i).isZero();
    }
    assertThat(pace.next(now)).isEqualTo(SECOND / 4);
  }

  @Test
  void rateZeroNeverWaits() {
    Pace pace = new Pace(0, 0);

    assertThat(pace.next(0)).isZero();
    assertThat(pace.next(0)).isZero();
  }
}
