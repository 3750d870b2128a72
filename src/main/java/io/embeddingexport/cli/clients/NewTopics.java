package io.embeddingexport.cli.clients;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Creates topics that take messages when it returns.
 *
 * <p>A topic exists before its partitions' leaders know of it. A producer that starts in between
 * can lose messages although it is idempotent: its first batch is refused, its second one is
 * accepted, and from then on the first is out of order, until it expires after {@code
 * delivery.timeout.ms} (KAFKA-15591, in brokers up to 4.2 at least).
 */
public final class NewTopics {

  /**
   * Creates these topics.
   *
   * @param topics each with its number of partitions
   * @throws ExecutionException if one cannot be created, or a leader does not serve within {@code
   *     default.api.timeout.ms}
   */
  public static void create(Admin admin, Collection<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    admin.createTopics(topics).all().get();
    for (NewTopic topic : topics) {
      awaitLeaders(admin, topic.name(), topic.numPartitions());
    }
  }

  /** Only a leader that knows of its partition answers where it ends; until then Admin asks. */
  static void awaitLeaders(Admin admin, String topic, int partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    admin.listOffsets(ends).all().get();
  }

  private NewTopics() {}
}
