package io.embeddingexport.kafka.commit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction holds.
 *
 * @param preparedAtMillis when its checkpoint was taken, ms since the epoch, by the TaskManager's
 *     clock
 * @param witness null if nothing was written
 * @param sources where its inputs stood
 */
public record TransactionContent(
    long preparedAtMillis, @Nullable Witness witness, List<SourceRange> sources) {

  public TransactionContent {
    sources = List.copyOf(sources);
  }
}
