package io.embeddingexport.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import io.embeddingexport.it.ThreadLeakCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The processes that chaos runs are made of do what the runs need of them. */
@ExtendWith(ThreadLeakCheck.class)
class ProcessClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path home;

  @Test
  void givenTheLeadingJobManagerDiesThenTheOtherGoesOnWithTheJob() throws Exception {
    ClusterPlan plan =
        new ClusterPlan(
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
            2,
            1);
    try (ProcessCluster cluster = ProcessCluster.start(plan)) {
      createTopics(cluster);
      SubmittedJob job = cluster.job();
      job.start(2);
      awaitStatus(job, status -> status.running() && status.completedCheckpoints() > 1);

      Node leader = cluster.leadingJobManager();
      leader.kill();
      leader.start();

      assertThat(cluster.leadingJobManager().name()).isNotEqualTo(leader.name());
      awaitStatus(job, status -> status.running() && status.completedCheckpoints() > 1);
      String savepoint = job.stopWithSavepoint();
      job.restore(savepoint, 1, Map.of());
      Status restored =
          awaitStatus(job, status -> status.running() && status.completedCheckpoints() > 0);
      assertThat(restored.failure()).isNull();
      job.cancel();
    }
  }

  private static Status awaitStatus(SubmittedJob job, Predicate<Status> wanted) {
    return await("the job's status")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(job::status, status -> status.filter(wanted).isPresent())
        .orElseThrow();
  }

  private static void createTopics(ProcessCluster cluster) throws Exception {
    Map<String, String> letters = Map.of("max.message.bytes", "2097152");
    try (Admin admin = Admin.create(cluster.clientProperties())) {
      admin
          .createTopics(
              List.of(
                  topic("events", 2),
                  topic("records", 2),
                  topic("letters", 1).configs(letters),
                  topic("configs", 1).configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get();
    }
    try (var producer =
        new KafkaProducer<>(
            cluster.clientProperties(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("events", "key", "no event")).get();
    }
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }
}
