package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A claim of partitions that is under way. For one thread; given up if it is not committed. */
interface Claim extends AutoCloseable {

  /**
   * Lets everybody who asks for the positions of {@code partitions} wait until this is over.
   *
   * @param visible what is committed now
   */
  void announce(Group visible, Collection<TopicPartition> partitions);

  /**
   * Commits positions.
   *
   * @param positions of all partitions that were announced, and maybe of others
   */
  void commit(Map<TopicPartition, OffsetAndMetadata> positions) throws InterruptedException;

  @Override
  void close();
}
