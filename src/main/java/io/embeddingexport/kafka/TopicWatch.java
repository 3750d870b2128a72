package io.embeddingexport.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a topic was deleted, created anew or given more partitions. A consumer tells nothing
 * of that if the new topic has grown past its position: it goes on from there, and what is before
 * is never read. For one thread.
 */
final class TopicWatch {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BiFunction<String, Duration, KafkaFuture<TopicDescription>> describe;
  private final String topic;
  private final Duration interval;

  private Uuid id = Uuid.ZERO_UUID;
  private int partitions;
  private Deadline next;
  private @Nullable KafkaFuture<TopicDescription> asked;

  /**
   * @param describe asks the brokers for a topic, and takes so long at most
   * @param interval between two looks
   */
  TopicWatch(
      BiFunction<String, Duration, KafkaFuture<TopicDescription>> describe,
      String topic,
      Duration interval) {
    this.describe = describe;
    this.topic = topic;
    this.interval = interval;
    this.next = Deadline.in(interval);
  }

  /**
   * Looks at the topic as it is now, and remembers it.
   *
   * @return how many partitions it has
   */
  int look(Duration timeout) throws InterruptedException {
    TopicDescription now = TopicDescriptions.await(describe.apply(topic, timeout));
    id = now.topicId();
    partitions = now.partitions().size();
    asked = null;
    next = Deadline.in(interval);
    return partitions;
  }

  /** Whether the topic is another than at the last {@link #look}, or gone. Never blocks. */
  boolean changed() {
    if (asked == null) {
      if (next.isOver()) {
        asked = describe.apply(topic, TIMEOUT);
      }
      return false;
    }
    if (!asked.isDone()) {
      return false;
    }
    KafkaFuture<TopicDescription> answer = asked;
    asked = null;
    next = Deadline.in(interval);
    try {
      TopicDescription now = answer.getNow(null);
      return !now.topicId().equals(id) || now.partitions().size() != partitions;
    } catch (ExecutionException | InterruptedException e) {
      return e.getCause() instanceof UnknownTopicOrPartitionException;
    }
  }
}
