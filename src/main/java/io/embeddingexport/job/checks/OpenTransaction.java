package io.embeddingexport.job.checks;

import java.util.Set;
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

  /** Whether the id is one that the sink of a job with this prefix would use. */
  boolean isOfPrefix(String prefix) {
    return id.startsWith(prefix) && id.substring(prefix.length()).matches("-\\d+-\\d+");
  }
}
