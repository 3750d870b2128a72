package io.embeddingexport.kafka.transactions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt to abort a transaction. */
public sealed interface AbortOutcome {

  /**
   * It is aborted.
   *
   * @param partitions those it had written to, in their current state
   * @param released whether readers have passed it in all of them; false: not in the given time, or
   *     unknown
   */
  record Aborted(List<LsoStatus> partitions, boolean released) implements AbortOutcome {
    public Aborted {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * Nothing was done: it has ended, is ending, or its id has a later open transaction.
   *
   * @param now null: no coordinator knows the id
   */
  record NotAborted(@Nullable Transaction now) implements AbortOutcome {}
}
