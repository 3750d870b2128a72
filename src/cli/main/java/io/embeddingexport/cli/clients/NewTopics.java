package io.embeddingexport.cli.clients;

import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics that accept messages as soon as it returns.
 *
 * <p>A topic exists before the leaders of its partitions know it. A producer that starts in between
 * can lose messages even if idempotent: its first batch is refused, its second is accepted, and
 * from then on the first is out of order, until it expires after {@code delivery.timeout.ms}
 * (KAFKA-15591, in brokers up to 4.2 at least).
 */
public final class NewTopics {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 20;

  /**
   * Creates these topics.
   *
   * @throws KafkaException if one cannot be created, or a leader does not serve within a minute
   */
  public static void create(Admin admin, Collection<NewTopic> topics) throws InterruptedException {
    Answers.await(admin.createTopics(topics).all());
    for (NewTopic topic : topics) {
      awaitLeaders(admin, topic.name());
    }
  }

  /**
   * Waits for the leaders of a topic that anyone has just created. A partition without a leader is
   * not awaited: producers also skip it.
   *
   * @throws KafkaException if a leader does not serve within a minute
   */
  static void awaitLeaders(Admin admin, String topic) throws InterruptedException {
    Deadline deadline = Deadline.in(PATIENCE);
    while (true) {
      try {
        askLeaders(admin, topic);
        return;
      } catch (UnknownTopicOrPartitionException e) {
        // A broker that does not know the topic yet fails the request, and Admin does not retry.
        if (deadline.isOver()) {
          throw e;
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Asks for the end offsets: only a leader that knows its partition answers. */
  private static void askLeaders(Admin admin, String topic) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    var description = admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
    for (var partition : Answers.await(description).partitions()) {
      if (partition.leader() != null) {
        ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
      }
    }
    Answers.await(admin.listOffsets(ends).all());
  }

  private NewTopics() {}
}
