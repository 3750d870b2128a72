package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A claim of partitions in progress. For one thread; dropped if it is not committed. */
interface Claim extends AutoCloseable {

  /**
   * Makes every request for the positions of {@code partitions} wait until the claim ends.
   *
   * @param visible what is committed now
   */
  void announce(Group visible, Collection<TopicPartition> partitions);

  /**
   * Commits positions.
   *
   * @param positions of all announced partitions, and maybe of others
   */
  void commit(Map<TopicPartition, OffsetAndMetadata> positions) throws InterruptedException;

  @Override
  void close();
}
