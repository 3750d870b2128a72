package io.embeddingexport.chaos.cluster;

import io.embeddingexport.cli.clients.NewTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A job to try a cluster with. */
final class TrialJob {
  private TrialJob() {}

  static ClusterPlan plan(Path home, int taskManagers, int slots) {
    return new ClusterPlan(
        home,
        Map.of(
            "input.topic", "events",
            "input.group-id", "group",
            "output.topic", "records",
            "dead-letter.topic", "letters",
            "key-config.topic", "configs",
            "output.transactional-id-prefix", "job.",
            "flink.execution.checkpointing.interval", "1 s",
            "flink.execution.checkpointing.min-pause", "0 s"),
        taskManagers,
        slots);
  }

  static void createTopics(ChaosCluster cluster) throws InterruptedException {
    Map<String, String> letters = Map.of("max.message.bytes", "2097152");
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      NewTopics.create(
          admin,
          List.of(
              topic("events", 2),
              topic("records", 2),
              topic("letters", 1).configs(letters),
              topic("configs", 1).configs(Map.of("cleanup.policy", "compact"))));
    }
  }

  /** Sends what becomes a dead letter to each partition of the input. */
  static void sendGarbage(ChaosCluster cluster) throws ExecutionException, InterruptedException {
    try (var producer =
        new KafkaProducer<>(
            cluster.clientProperties(), new StringSerializer(), new StringSerializer())) {
      for (int partition = 0; partition < 2; partition++) {
        producer.send(new ProducerRecord<>("events", partition, "key", "no event")).get();
      }
    }
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }
}
