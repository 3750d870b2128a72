package io.embeddingexport.kafka.positions;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * A claim that is under way: whoever asks for one of its positions, and waits for what is stable,
 * waits for its end. So nobody begins with such a partition meanwhile. Of two claims at a time the
 * one that began later wins, and the commit of the other fails.
 */
final class ClaimTransaction implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final ConsumerGroupMetadata group;
  private boolean open;

  /**
   * @param producer with the transactional id of all claims; closed with this
   */
  ClaimTransaction(KafkaProducer<byte[], byte[]> producer, ConsumerGroupMetadata group) {
    this.producer = producer;
    this.group = group;
  }

  /** Makes others wait. */
  void begin(Map<TopicPartition, OffsetAndMetadata> likely) {
    producer.initTransactions();
    producer.beginTransaction();
    open = true;
    producer.sendOffsetsToTransaction(likely, group);
  }

  /** Commits, in the place of what is {@code likely}. Others go on, and find these claims. */
  void commit(Map<TopicPartition, OffsetAndMetadata> claims) {
    producer.sendOffsetsToTransaction(claims, group);
    producer.commitTransaction();
    open = false;
  }

  /** Gives the claim up if it was not committed. */
  @Override
  public void close() {
    try (producer) {
      if (open) {
        producer.abortTransaction();
      }
    }
  }
}
