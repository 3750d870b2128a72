package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a topic was deleted, recreated or given more partitions. A consumer does not report
 * this if the new topic has grown past its position: it continues there, and earlier messages are
 * never read. For one thread, which it blocks while it asks the brokers.
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

  /** Whether the last check failed. */
  private boolean isBlind;

  /**
   * @param describe asks the brokers for a topic, and takes at most the given time
   * @param interval between two routine checks
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

  /** The current topic; {@link #changed} compares with it. */
  TopicDescription look(Duration timeout) throws InterruptedException {
    TopicDescription now = describe(timeout);
    id = now.topicId();
    partitions = now.partitions().size();
    return now;
  }

  /** Whether a routine check is due. */
  boolean isDue() {
    return next.isOver();
  }

  /**
   * Whether the topic differs from the last {@link #look}, or is gone. False if the brokers do not
   * answer.
   */
  boolean changed() throws InterruptedException {
    try {
      TopicDescription now = describe(TIMEOUT);
      if (isBlind) {
        LOG.info("Key-config topic {} can be described again", topic);
        isBlind = false;
      }
      return !now.topicId().equals(id) || now.partitions().size() != partitions;
    } catch (UnknownTopicOrPartitionException e) {
      return true;
    } catch (KafkaException e) {
      if (!isBlind) {
        LOG.warn(
            "Key-config topic {} cannot be described, so a re-created topic goes unnoticed: {};"
                + " check that the job's user has DESCRIBE on it",
            topic,
            e.getMessage());
        isBlind = true;
      }
      return false;
    }
  }

  private TopicDescription describe(Duration timeout) throws InterruptedException {
    next = Deadline.in(interval);
    return Answers.await(describe.apply(topic, timeout));
  }
}
