package io.embeddingexport.kafka.sink;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the sink.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param partitions of records and tombstones; dead letters go by key
 * @param transactionalIdPrefix prefix of the job's transactional ids; no other job's ids may start
 *     with it
 * @param transactionTimeout time after which the brokers abort an open transaction; null: as long
 *     as checkpoints need
 * @param forwardHeaders names of the input's headers that records and tombstones keep
 * @param properties producer properties that override our defaults
 */
public record SinkSettings(
    String bootstrapServers,
    OutputTopics topics,
    OutputPartitions partitions,
    DeliveryGuarantee guarantee,
    String transactionalIdPrefix,
    @Nullable Duration transactionTimeout,
    List<String> forwardHeaders,
    Map<String, String> properties)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public SinkSettings {
    forwardHeaders = List.copyOf(forwardHeaders);
    properties = Map.copyOf(properties);
  }
}
