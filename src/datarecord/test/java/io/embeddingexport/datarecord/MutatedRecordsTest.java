package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.CheckedRead.readOrRefuse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MutatedRecordsTest {
  private static final int COUNT = MutatedRecords.COUNT;

  private final MutatedRecords mutants = new MutatedRecords(new SplittableRandom(18));

  @Test
  void everyMutantShouldBeReadOrRefusedAtLittleCost() {
    int records = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] mutant = mutants.next();
      try {
        DataRecordView read = readOrRefuse(mutant);
        if (read != null) {
          records++;
          Lookups.requireSame(read, Contents.of(read));
          // What is read can be written and read again, but for sparse values that were all NaN.
          assertThat(readOrRefuse(new DataRecordWriter().addAll(read).write())).isNotNull();
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(i + ": " + HexFormat.of().formatHex(mutant), e);
      }
    }
    assertThat(records).as("records among the mutants").isBetween(COUNT / 50, COUNT / 2);
  }
}
