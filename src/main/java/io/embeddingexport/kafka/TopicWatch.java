package io.embeddingexport.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a topic was deleted, created anew or given more partitions. A consumer tells nothing
 * of that if the new topic has grown past its position: it goes on from there, and what is before
 * is never read. For one thread.
 */
final class TopicWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BiFunction<String, Duration, KafkaFuture<TopicDescription>> describe;
  private final String topic;
  private final Duration interval;

  private Uuid id = Uuid.ZERO_UUID;
  private int partitions;
  private Deadline next;
  private @Nullable KafkaFuture<TopicDescription> asked;

  /** Whether the last look failed. */
  private boolean isBlind;

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
      if (isBlind) {
        LOG.info("Key-config topic {} can be described again", topic);
        isBlind = false;
      }
      return !now.topicId().equals(id) || now.partitions().size() != partitions;
    } catch (ExecutionException | InterruptedException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return true;
      }
      if (!isBlind) {
        LOG.warn(
            "Key-config topic {} cannot be described, so a topic that is created anew goes"
                + " unnoticed: {}; does the job's user have DESCRIBE on it?",
            topic,
            String.valueOf(e.getCause()));
        isBlind = true;
      }
      return false;
    }
  }
}
