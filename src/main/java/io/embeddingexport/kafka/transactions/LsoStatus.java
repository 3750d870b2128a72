package io.embeddingexport.kafka.transactions;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far {@code read_committed} consumers of a partition come, and who stops them there. Of all
 * open transactions only the one that began first holds the last stable offset.
 *
 * @param start the offset where the transaction began here; null: it has written nothing here, or
 *     that is not known (see {@code unknown})
 * @param lastStable the last stable offset: where such consumers stop; null: not known
 * @param end the offset that the next message gets (high watermark); null: not known
 * @param holder the transaction whose start the last stable offset is; null: none, or not known
 * @param unknown why something is not known, and what would help; null: all is
 */
public record LsoStatus(
    TopicPartition partition,
    @Nullable Long start,
    @Nullable Long lastStable,
    @Nullable Long end,
    @Nullable Holder holder,
    @Nullable String unknown) {

  /**
   * The transaction that holds a partition back.
   *
   * @param id null: no id with that producer is listed. It is hidden for lack of DESCRIBE on it, or
   *     its coordinator has forgotten the transaction (it hangs).
   */
  public record Holder(@Nullable String id, long producerId) {}

  /** Offsets written but not yet visible, control records too; null if not known. */
  public @Nullable Long heldBack() {
    return lastStable == null || end == null ? null : Math.max(0, end - lastStable);
  }

  /** Whether the last stable offset waits for this transaction and no other. */
  public boolean isHeldBy(Transaction transaction) {
    return holder != null && holder.producerId() == transaction.producerId();
  }
}
