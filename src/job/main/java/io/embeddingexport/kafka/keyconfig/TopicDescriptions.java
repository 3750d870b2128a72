package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The brokers' descriptions of topics. For one thread. */
final class TopicDescriptions implements OutputTopicCheck.Lookup {
  private static final Logger LOG = LoggerFactory.getLogger(TopicDescriptions.class);

  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(15);

  /**
   * A broker may learn of a new topic later than others, and instances of the job ask different
   * brokers. They decide alike if each waits until all brokers know it.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PERIOD = Duration.ofMillis(500);

  private final Admin admin;
  private boolean listed;

  TopicDescriptions(Admin admin) {
    this.admin = admin;
  }

  /** The description of a topic; {@link UnknownTopicOrPartitionException} if it does not exist. */
  KafkaFuture<TopicDescription> describe(String topic, Duration timeout) {
    int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
    return admin
        .describeTopics(Set.of(topic), new DescribeTopicsOptions().timeoutMs(millis))
        .topicNameValues()
        .get(topic);
  }

  /** Lists all topics the first time, then looks up unlisted ones one by one: they may be new. */
  @Override
  public Set<String> missing(Collection<String> names) throws InterruptedException {
    Set<String> missing = new HashSet<>(names);
    if (!listed) {
      missing.removeAll(list());
      listed = true;
    }
    Deadline deadline = Deadline.in(PATIENCE);
    missing = unknown(missing);
    while (!missing.isEmpty() && !deadline.isOver()) {
      Thread.sleep(PERIOD.toMillis());
      missing = unknown(missing);
    }
    return missing;
  }

  @Override
  public Map<String, Integer> partitions(Collection<String> names) throws InterruptedException {
    Map<String, Integer> partitions = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : describe(names).entrySet()) {
      try {
        partitions.put(answer.getKey(), Answers.await(answer.getValue()).partitions().size());
      } catch (KafkaException e) {
        LOG.warn(
            "The number of partitions of topic {} is unknown: {}", answer.getKey(), e.getMessage());
      }
    }
    return partitions;
  }

  private Map<String, KafkaFuture<TopicDescription>> describe(Collection<String> names) {
    return admin
        .describeTopics(
            names, new DescribeTopicsOptions().timeoutMs((int) LOOKUP_TIMEOUT.toMillis()))
        .topicNameValues();
  }

  private Set<String> list() throws InterruptedException {
    try {
      return Answers.await(
          admin
              .listTopics(new ListTopicsOptions().timeoutMs((int) LOOKUP_TIMEOUT.toMillis()))
              .names());
    } catch (KafkaException e) {
      LOG.warn("Topics cannot be listed: {}", e.getMessage());
      return Set.of();
    }
  }

  private Set<String> unknown(Set<String> names) throws InterruptedException {
    Set<String> unknown = new HashSet<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : describe(names).entrySet()) {
      try {
        Answers.await(answer.getValue());
      } catch (UnknownTopicOrPartitionException | InvalidTopicException e) {
        unknown.add(answer.getKey());
      } catch (KafkaException e) {
        LOG.warn(
            "It is unknown whether output topic {} exists: {}", answer.getKey(), e.getMessage());
      }
    }
    return unknown;
  }
}
