package io.embeddingexport.kafka.commit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inputs that are lost and must be written again before what comes behind them in their partition:
 * else an older record of a key would come after a newer one.
 */
final class Gaps {
  private final List<SourceRange> ranges = new ArrayList<>();

  /** Where the inputs are not known, nothing is known to be behind them. */
  void add(PreparedTransaction lost) {
    if (lost.content() != null) {
      ranges.addAll(lost.content().sources());
    }
  }

  /** A gap that the transaction, or a part of it, comes behind; null if there is none. */
  @Nullable SourceRange before(PreparedTransaction transaction) {
    if (transaction.content() != null) {
      for (SourceRange range : transaction.content().sources()) {
        for (SourceRange gap : ranges) {
          if (gap.isBefore(range)) {
            return gap;
          }
        }
      }
    }
    return null;
  }
}
