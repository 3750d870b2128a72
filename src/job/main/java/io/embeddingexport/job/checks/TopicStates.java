package io.embeddingexport.job.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Topics, as far as we may see them.
 *
 * @param seen existing topics
 * @param missing names of topics that do not exist
 * @param hidden names of topics we may not describe: they may or may not exist
 */
record TopicStates(List<CheckedTopic> seen, List<String> missing, List<String> hidden) {

  static TopicStates ask(Brokers brokers, Map<String, TopicRole> named)
      throws InterruptedException {
    TopicStates topics = new TopicStates(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    DescribeTopicsResult answers =
        brokers
            .admin()
            .describeTopics(
                named.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true));
    for (Map.Entry<String, TopicRole> topic : named.entrySet()) {
      String name = topic.getKey();
      try {
        topics.seen.add(
            CheckedTopic.of(
                brokers.get(answers.topicNameValues().get(name)),
                topic.getValue(),
                settings(brokers, name)));
      } catch (UnknownTopicOrPartitionException e) {
        topics.missing.add(name);
      } catch (AuthorizationException e) {
        topics.hidden.add(name);
      }
    }
    return topics;
  }

  private static @Nullable Config settings(Brokers brokers, String topic)
      throws InterruptedException {
    return brokers.settings(new ConfigResource(ConfigResource.Type.TOPIC, topic));
  }

  /** Topics whose settings we may see. */
  List<CheckedTopic> withSettings() {
    return seen.stream().filter(topic -> topic.settings() != null).toList();
  }

  /** Total number of partitions of the role's visible topics. */
  int partitions(TopicRole role) {
    return of(role).stream().mapToInt(CheckedTopic::partitions).sum();
  }

  List<CheckedTopic> of(TopicRole role) {
    return seen.stream().filter(topic -> topic.role() == role).toList();
  }
}
