package io.embeddingexport.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.999S, 999 ms",
    "PT1S, 1 s",
    "PT59.999S, 59 s",
    "PT1M, 1 min",
    "PT12M5S, 12 min 5 s",
    "PT1H59S, 1 h",
    "PT23H59M59S, 23 h 59 min",
    "P2DT3H4M, 2 d 3 h"
  })
  void aDurationIsShownInItsTwoLargestUnits(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }

  @Test
  void noDurationIsADash() {
    assertThat(DurationText.of(null)).isEqualTo("-");
  }
}
