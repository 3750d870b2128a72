package io.embeddingexport.kafka.positions;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Exactly once: a separate transaction, under its own id. The later of two concurrent starts fences
 * the earlier. While it is open, brokers withhold the partitions' offsets from {@code
 * read_committed} consumers.
 */
final class TransactionalClaim implements Claim {
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final int MOST_MILLIS = 60_000;

  private final ConsumerGroupMetadata group;
  private final KafkaProducer<byte[], byte[]> producer;
  private boolean open;

  /**
   * @param client suffix of the client's name, after the group's
   */
  TransactionalClaim(PositionSettings settings, String client, ConsumerGroupMetadata group) {
    this.group = group;
    producer =
        new KafkaProducer<>(
            properties(settings, client), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> properties(PositionSettings settings, String client) {
    Map<String, Object> properties =
        settings.producerProperties(client, settings.transactionalIdPrefix() + "claims");
    // If a run dies here, others wait no longer than this.
    properties.merge(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        MOST_MILLIS,
        (given, most) -> Math.min((int) given, (int) most));
    return properties;
  }

  /** The announced offsets are never committed: {@link #commit} overwrites them. */
  @Override
  public void announce(Group visible, Collection<TopicPartition> partitions) {
    producer.initTransactions();
    producer.beginTransaction();
    open = true;
    Map<TopicPartition, OffsetAndMetadata> announced = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata known = visible.offset(partition);
      announced.put(partition, known == null ? new OffsetAndMetadata(0) : known);
    }
    producer.sendOffsetsToTransaction(announced, group);
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> positions) {
    producer.sendOffsetsToTransaction(positions, group);
    producer.commitTransaction();
    open = false;
  }

  @Override
  public void close() {
    try {
      if (open) {
        producer.abortTransaction();
      }
    } catch (KafkaException e) {
      // The brokers abort it, at the latest when it expires.
    } finally {
      producer.close(CLOSING);
    }
  }
}
