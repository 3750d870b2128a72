package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.admin.Answers;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** At least once: nobody is blocked. */
record PlainClaim(Admin admin, String groupId) implements Claim {

  @Override
  public void announce(Group visible, Collection<TopicPartition> partitions) {
    // Two concurrent runs may both continue from the same position.
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> positions) throws InterruptedException {
    Answers.await(admin.alterConsumerGroupOffsets(groupId, positions).all());
  }

  @Override
  public void close() {
    // The creator closes the client.
  }
}
