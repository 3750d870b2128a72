package io.embeddingexport.kafka.commit;

import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is to be committed once its checkpoint is complete: what Flink's own sink
 * keeps of it, and what it holds.
 *
 * @param kafka names the transaction
 * @param content null if it comes from state of Flink's own sink, which does not know
 */
public record PreparedTransaction(KafkaCommittable kafka, @Nullable TransactionContent content) {

  /** Whether it comes from a checkpoint or savepoint, and not from this attempt's writer. */
  boolean isRestored() {
    return kafka.getProducer().isEmpty();
  }

  /**
   * The number of its checkpoint, which its id ends with (naming strategy INCREMENTING); 0 if it
   * does not.
   */
  long checkpoint() {
    String id = kafka.getTransactionalId();
    try {
      return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
