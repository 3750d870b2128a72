package io.embeddingexport.kafka;

import io.embeddingexport.kafka.commit.CommitFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * What the sink writes, and how surely.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param transactionalIdPrefix what the job's transactional ids start with; no other job's may
 * @param transactionTimeout how long a transaction may stay open: the longest outage after which a
 *     job can still commit what it wrote before
 * @param commitFailure what happens when a transaction is not committed
 * @param acceptLoss whether what a restored checkpoint has lost is only an alarm
 * @param acceptDuplicates whether the job may start from a checkpoint that is not its newest
 * @param headers which of ours records get
 * @param forwardHeaders names of the input's headers that records and tombstones keep
 * @param properties producer properties that go over our defaults
 */
public record SinkSettings(
    String bootstrapServers,
    OutputTopics topics,
    DeliveryGuarantee guarantee,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    CommitFailure commitFailure,
    boolean acceptLoss,
    boolean acceptDuplicates,
    OutputHeaders headers,
    List<String> forwardHeaders,
    Map<String, String> properties) {

  public SinkSettings {
    forwardHeaders = List.copyOf(forwardHeaders);
    properties = Map.copyOf(properties);
  }
}
