package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
  private final ClockCheck check = new ClockCheck();

  @Test
  void aTimeBetweenQuestionAndAnswerShouldBeOurs() {
    assertThat(check.evaluate(1_000, 1_015, 1_020))
        .returns(Level.OK, Finding::level)
        .returns("the controller's clock is within 20 ms of this machine's", Finding::text);
  }

  @Test
  void aClockAheadOrBehindByMoreThanTenSecondsShouldBeAWarning() {
    assertThat(check.evaluate(1_000, 11_020, 1_020).level()).isEqualTo(Level.OK);
    assertThat(check.evaluate(1_000, 11_021, 1_020))
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("10 s ahead of this machine's");
    assertThat(check.evaluate(100_000, 35_000, 100_020))
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("1 min 5 s behind this machine's");
  }
}
