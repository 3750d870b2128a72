package io.embeddingexport.job.checks;

import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that is neither committed nor aborted.
 *
 * @param startMillis since the epoch, by its coordinator's clock; 0 if not reported
 * @param timeoutMillis time after which the brokers abort it
 * @param partitions the visible ones whose read_committed readers it holds back
 */
record OpenTransaction(
    String id, long startMillis, long timeoutMillis, Set<TopicPartition> partitions) {

  static OpenTransaction of(String id, TransactionDescription transaction) {
    return new OpenTransaction(
        id,
        transaction.transactionStartTimeMs().orElse(0),
        transaction.transactionTimeoutMs(),
        transaction.topicPartitions());
  }
}
