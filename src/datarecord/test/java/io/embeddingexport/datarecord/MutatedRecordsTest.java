package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.CheckedRead.readOrRefuse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MutatedRecordsTest {
  private static final int COUNT = MutatedRecords.COUNT;

  private final SplittableRandom random = new SplittableRandom(18);
  private final MutatedRecords mutants = new MutatedRecords(random);

  @Test
  void everyMutantShouldBeReadOrRefusedAtLittleCostWhateverIsSelected() {
    int records = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] original = mutants.original();
      byte[] mutant = mutants.of(original);
      try {
        DataRecordView read = readOrRefuse(mutant);
        requireSameWithSelection(mutant, read, original);
        if (read != null) {
          records++;
          // What is read can be written and read again, but for sparse values that were all NaN.
          assertThat(readOrRefuse(new DataRecordWriter().addAll(read).write())).isNotNull();
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(i + ": " + HexFormat.of().formatHex(mutant), e);
      }
    }
    assertThat(records).as("records among the mutants").isBetween(COUNT / 50, COUNT / 2);
  }

  /** Also the reason and place of a refusal do not depend on what is selected. */
  private void requireSameWithSelection(
      byte[] mutant, @Nullable DataRecordView read, byte[] original) {
    FeatureSelection selection = Selections.someOf(readOrRefuse(original), random.nextInt(7));
    assertThat(Selections.refusal(mutant, selection))
        .isEqualTo(Selections.refusal(mutant, FeatureSelection.ALL));
    if (read != null) {
      assertThat(Selections.read(mutant, selection)).isEqualTo(Selections.only(read, selection));
    }
  }
}
