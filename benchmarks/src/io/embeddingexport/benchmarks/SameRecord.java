package io.embeddingexport.benchmarks;

import io.embeddingexport.export.Outcome;
import java.util.Arrays;

/** A benchmark of wrong output is worth nothing. */
record SameRecord(String workload, byte[] expected) {
  void require(byte[] written) {
    if (!Arrays.equals(expected, written)) {
      throw new IllegalStateException(workload + ": the record is not the one libthrift writes");
    }
  }

  void require(Outcome outcome) {
    if (!(outcome instanceof Outcome.Exported exported)) {
      throw new IllegalStateException(workload + ": " + outcome);
    }
    require(exported.record());
  }
}
