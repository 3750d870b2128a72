package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** At least once: nobody is kept from anything. */
record PlainClaim(Admin admin, String groupId) implements Claim {

  @Override
  public void announce(Group visible, Collection<TopicPartition> partitions) {
    // Two runs at a time may both go on from the same position.
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> positions) throws InterruptedException {
    PositionClient.get(admin.alterConsumerGroupOffsets(groupId, positions).all());
  }

  @Override
  public void close() {
    // The client is its maker's.
  }
}
