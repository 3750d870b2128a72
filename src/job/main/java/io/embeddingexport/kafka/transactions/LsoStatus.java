package io.embeddingexport.kafka.transactions;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far {@code read_committed} consumers of a partition can read, and what stops them there. The
 * first open transaction alone determines the last stable offset.
 *
 * @param start the offset where the transaction began here; null: it has written nothing here, or
 *     this is unknown (see {@code unknown})
 * @param lastStableOffset the last stable offset, where such consumers stop; null: unknown
 * @param highWatermark the offset of the next message; null: unknown
 * @param blockingTransaction the transaction that starts at the last stable offset; null: none, or
 *     unknown
 * @param unknown why something is unknown, and the remedy; null: all is known
 */
public record LsoStatus(
    TopicPartition partition,
    @Nullable Long start,
    @Nullable Long lastStableOffset,
    @Nullable Long highWatermark,
    @Nullable BlockingTransaction blockingTransaction,
    @Nullable String unknown) {

  /**
   * The transaction that holds a partition back.
   *
   * @param id null: no id with that producer is listed. It is hidden without DESCRIBE on it, or its
   *     coordinator has forgotten the transaction (it hangs).
   */
  public record BlockingTransaction(@Nullable String id, long producerId) {}

  /** Offsets written but not yet visible, including control records; null if unknown. */
  public @Nullable Long heldBack() {
    return lastStableOffset == null || highWatermark == null
        ? null
        : Math.max(0, highWatermark - lastStableOffset);
  }

  /** Whether this transaction alone holds the last stable offset. */
  public boolean isHeldBy(Transaction transaction) {
    return blockingTransaction != null
        && blockingTransaction.producerId() == transaction.producerId();
  }
}
