package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.admin.Answers;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits positions without a transaction, unless another run has taken over since. For one thread.
 */
public final class PositionCommit implements AutoCloseable {
  private final PositionSettings settings;
  private final Admin admin;

  /**
   * @param name suffix of the client's name, after the group's
   */
  public PositionCommit(PositionSettings settings, String name) {
    this.settings = settings;
    this.admin = Admin.create(settings.adminProperties(name));
  }

  /**
   * @throws FlinkRuntimeException if another run has claimed one of the partitions, or the brokers
   *     refuse
   */
  public void commit(Map<TopicPartition, OffsetAndMetadata> positions) throws InterruptedException {
    try {
      Group group =
          new Group(
              Answers.await(
                  admin
                      .listConsumerGroupOffsets(settings.groupId())
                      .partitionsToOffsetAndMetadata()));
      for (TopicPartition partition : positions.keySet()) {
        PositionMarker marker = group.marker(partition);
        if (marker != null && !marker.run().id().equals(settings.run().id())) {
          throw new FlinkRuntimeException(
              partition
                  + " is claimed by run "
                  + marker.run()
                  + ", so this run commits nothing more for it");
        }
      }
      Answers.await(admin.alterConsumerGroupOffsets(settings.groupId(), positions).all());
    } catch (KafkaException e) {
      throw new FlinkRuntimeException(
          "the positions of group "
              + settings.groupId()
              + " could not be committed: "
              + e.getMessage()
              + "; the job returns to the previous ones",
          e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
