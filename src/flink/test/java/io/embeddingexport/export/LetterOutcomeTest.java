package io.embeddingexport.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterOutcomeTest {
  private static final Outcome RECORD =
      new Exported(new byte[] {0}, 1, new KeyConfigId("user", 3), null);
  private static final Outcome REJECTED =
      new Rejected(RejectReason.SHAPE, "another shape", "user", 3);

  @Test
  void aLetterOfAWholeInputBecomesWhatTheInputBecomes() {
    for (Outcome outcome : List.of(RECORD, REJECTED, Tombstone.INSTANCE, Skipped.INSTANCE)) {
      assertThat(LetterOutcome.of(outcome, LetterOutcome.WHOLE)).isSameAs(outcome);
    }
  }

  @Test
  void aLetterOfAWholeInputBecomesAllItsItemsOrNone() {
    Items good = new Items(List.of(RECORD, Tombstone.INSTANCE));

    assertThat(LetterOutcome.of(good, LetterOutcome.WHOLE)).isSameAs(good);
    assertThat(LetterOutcome.of(new Items(List.of(RECORD, REJECTED)), LetterOutcome.WHOLE))
        .isSameAs(REJECTED);
  }

  @Test
  void aLetterOfOneItemBecomesThatItemWhateverTheOthersAre() {
    Items items = new Items(List.of(REJECTED, RECORD));

    assertThat(LetterOutcome.of(items, 1)).isSameAs(RECORD);
    assertThat(LetterOutcome.of(items, 0)).isSameAs(REJECTED);
  }

  @Test
  void aLetterOfOneItemIsNeverTakenForAnotherOrForTheWholeInput() {
    assertStays(LetterOutcome.of(new Items(List.of(RECORD, RECORD)), 2), "gives 2 events");
    assertStays(LetterOutcome.of(RECORD, 0), "gives 1 event;");
  }

  private static void assertStays(Outcome outcome, String why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(RejectReason.UNDECODABLE);
              assertThat(rejected.detail()).contains(why);
            });
  }

  @Test
  void aLetterOfOneItemStaysForTheReasonThatTheWholeInputHas() {
    assertThat(LetterOutcome.of(REJECTED, 4)).isSameAs(REJECTED);
  }
}
