package io.embeddingexport.kafka.source;

import io.embeddingexport.kafka.admin.Answers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the brokers for the ids of topics, with a client for each question: there are few.
 *
 * @param clients makes the client
 */
record TopicIds(Supplier<Admin> clients) implements AbsentTopics.Lookup {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Override
  public Map<String, Optional<Uuid>> ids(Collection<String> topics) {
    Map<String, Optional<Uuid>> ids = new HashMap<>();
    try (Admin admin = clients.get()) {
      var answers =
          admin
              .describeTopics(
                  topics, new DescribeTopicsOptions().timeoutMs((int) PATIENCE.toMillis()))
              .topicNameValues();
      for (String topic : topics) {
        try {
          ids.put(topic, Optional.of(Answers.await(answers.get(topic)).topicId()));
        } catch (UnknownTopicOrPartitionException e) {
          ids.put(topic, Optional.empty());
        }
      }
    } catch (KafkaException e) {
      // They may answer next time.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ids;
  }
}
