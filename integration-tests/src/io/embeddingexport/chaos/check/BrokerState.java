package io.embeddingexport.chaos.check;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The brokers after a run.
 *
 * @param openTransactions transactional ids of the job that are open
 * @param lastStable last stable offset of each output partition
 * @param logEnd its end
 */
public record BrokerState(
    List<String> openTransactions,
    Map<TopicPartition, Long> lastStable,
    Map<TopicPartition, Long> logEnd) {}
