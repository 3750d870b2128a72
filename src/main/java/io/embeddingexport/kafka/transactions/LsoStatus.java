package io.embeddingexport.kafka.transactions;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far {@code read_committed} consumers of a partition can read, and what stops them there. Of
 * all open transactions only the one that began first holds the last stable offset.
 *
 * @param start the offset where the transaction began here; null: it has written nothing here, or
 *     that is not known (see {@code unknown})
 * @param lastStableOffset the last stable offset: where such consumers stop; null: not known
 * @param highWatermark the offset that the next message gets; null: not known
 * @param blockingTransaction the transaction whose start the last stable offset is; null: none, or
 *     not known
 * @param unknown why something is not known, and what would help; null: all is
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
   * @param id null: no id with that producer is listed. It is hidden for lack of DESCRIBE on it, or
   *     its coordinator has forgotten the transaction (it hangs).
   */
  public record BlockingTransaction(@Nullable String id, long producerId) {}

  /** Offsets written but not yet visible, control records too; null if not known. */
  public @Nullable Long heldBack() {
    return lastStableOffset == null || highWatermark == null
        ? null
        : Math.max(0, highWatermark - lastStableOffset);
  }

  /** Whether the last stable offset waits for this transaction and no other. */
  public boolean isHeldBy(Transaction transaction) {
    return blockingTransaction != null
        && blockingTransaction.producerId() == transaction.producerId();
  }
}
