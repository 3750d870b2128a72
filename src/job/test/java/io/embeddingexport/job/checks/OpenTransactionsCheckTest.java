package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OpenTransactionsCheckTest {
  private static final long NOW = 1_000_000;

  @Test
  void noneShouldBeFine() {
    assertThat(evaluate()).singleElement().returns(Level.OK, Finding::level);
  }

  @Test
  void oursShouldBeAWarningThatSaysHowLongAndWhatTheyHoldBack() {
    assertThat(evaluate("export.-0-17", "export.-1-17"))
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains(
            "2 open: export.-0-17, export.-1-17, for 1 min 5 s",
            "holding back read_committed readers of records-3",
            "within 10 min");
  }

  @Test
  void anotherJobsWhosePrefixStartsWithOursShouldBeAWarningOfItsOwn() {
    assertThat(evaluate("export.-0-17", "export.two-0-17"))
        .hasSize(2)
        .last()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("export.two-0-17", "another job, whose prefix starts with this job's");
  }

  @Test
  void manyShouldBeCountedAndFiveNamed() {
    assertThat(
            evaluate(
                "export.-0-1",
                "export.-0-2",
                "export.-0-3",
                "export.-0-4",
                "export.-0-5",
                "export.-0-6"))
        .singleElement()
        .asString()
        .contains("6 open", "export.-0-5, …")
        .doesNotContain("export.-0-6");
  }

  private static List<Finding> evaluate(String... ids) {
    List<OpenTransaction> open =
        List.of(ids).stream()
            .map(
                id ->
                    new OpenTransaction(
                        id, NOW - 65_000, 600_000, Set.of(new TopicPartition("records", 3))))
            .toList();
    return new OpenTransactionsCheck().evaluate("export.", open, NOW);
  }
}
