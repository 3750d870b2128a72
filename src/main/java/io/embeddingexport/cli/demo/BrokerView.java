package io.embeddingexport.cli.demo;

import io.embeddingexport.cli.clients.NewTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The broker's view of the demo's topics and of the job's progress. */
final class BrokerView implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Admin admin;

  BrokerView(String bootstrapServers) {
    this.admin =
        Admin.create(Map.of("bootstrap.servers", bootstrapServers, "client.id", "demo-admin"));
  }

  /** Creates topics that keep all messages, whatever their timestamp. */
  void createTopics(int partitions, String... names)
      throws ExecutionException, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : names) {
      topics.add(new NewTopic(name, partitions, (short) 1).configs(Map.of("retention.ms", "-1")));
    }
    NewTopics.create(admin, topics);
  }

  /** Creates a topic for key configs, which keeps the last message of each key forever. */
  void createCompactedTopic(String name) throws ExecutionException, InterruptedException {
    NewTopic topic = new NewTopic(name, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
    NewTopics.create(admin, List.of(topic));
  }

  /**
   * Waits until no transaction is open on these topics.
   *
   * @throws TimeoutException if that takes more than a minute
   */
  void awaitDecided(Collection<String> topics) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!allDecided(topics)) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "transactions on %s are still open after %d s".formatted(topics, PATIENCE.toSeconds()));
      }
      Thread.sleep(50);
    }
  }

  private boolean allDecided(Collection<String> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> query = new HashMap<>();
    for (var topic : admin.describeTopics(topics).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              info ->
                  query.put(
                      new TopicPartition(topic.name(), info.partition()), OffsetSpec.latest()));
    }
    return ends(query, IsolationLevel.READ_COMMITTED)
        .equals(ends(query, IsolationLevel.READ_UNCOMMITTED));
  }

  private Map<TopicPartition, Long> ends(
      Map<TopicPartition, OffsetSpec> query, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
        admin.listOffsets(query, new ListOffsetsOptions(isolation)).all().get().entrySet()) {
      ends.put(end.getKey(), end.getValue().offset());
    }
    return ends;
  }

  @Override
  public void close() {
    admin.close();
  }
}
