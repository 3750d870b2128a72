package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.positions.StartRefusedException;
import io.embeddingexport.local.FlinkCluster;
import io.embeddingexport.local.JobProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What would lose inputs or export them twice fails for good, and says where and what to do. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class RefusedStartsIT {
  private final Kafka kafka;
  private final FlinkCluster cluster;
  private Path directory;
  private String input;
  private String group;
  private HistoryInputs inputs;
  private Map<String, String> options;

  RefusedStartsIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  /** A job has exported 100 inputs of one partition, and is stopped. */
  @BeforeEach
  void exportSome(@TempDir Path directory) throws Exception {
    this.directory = directory;
    input = kafka.createTopic("events", 1);
    group = "group-" + input;
    String output = kafka.createTopic("records", 1);
    String deadLetters = kafka.createTopic("letters", 1);
    inputs = new HistoryInputs(kafka, List.of(input), output, deadLetters);
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    options = ExportJob.options(kafka, input, output, deadLetters, keys);
    options.put("input.discovery-interval", "200 ms");
    inputs.send(100, false);
    run(null);
  }

  @Test
  void anOffsetThatSomebodyElseCommitted() throws Exception {
    commit(50, "");

    assertThat(refusal(null))
        .contains(input + " partition 0", "offset 50 of group " + group, "positions adopt");
  }

  @Test
  void aGroupThatWasDeletedWhereverTheJobStartsFrom() throws Exception {
    String savepoint = run(null);
    try (Admin admin = admin()) {
      admin.deleteConsumerGroups(List.of(group)).all().get();
    }

    assertThat(refusal(null)).contains("group " + group + " has no positions", "positions set");
    assertThat(refusal(savepoint)).contains("group " + group + " has no positions", "checkpoint");
  }

  @Test
  void thePositionsOfAJobWithAnotherPrefix() throws Exception {
    options.put("output.transactional-id-prefix", "another.");

    assertThat(refusal(null))
        .contains("output.transactional-id-prefix prefix-" + input, "positions adopt");
  }

  /** The brokers delete a group's offsets of a topic with the topic. */
  @Test
  void aTopicThatWasCreatedAnewWhileTheJobWasDown() throws Exception {
    kafka.delete(input);
    kafka.create(input, 1, Map.of());

    assertThat(refusal(null)).contains("has no positions", "the topic was deleted");
  }

  /** The offsets are left, as after a restore of the brokers' data. */
  @Test
  void aTopicWithAnotherIdThanItsPositionsSay() throws Exception {
    commit(
        100, position().metadata().replaceFirst("topic-id=\\S+", "topic-id=" + Uuid.randomUuid()));

    assertThat(refusal(null)).contains(input + " partition 0: the topic was re-created");
  }

  @Test
  void aTopicThatIsCreatedAnewWhileTheJobRuns() throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.awaitCheckpoints(1);
      kafka.delete(input);
      kafka.create(input, 1, Map.of());

      assertThat(failure(job)).contains(input);
    }
  }

  @Test
  void inputsThatWereDeletedBeforeTheyWereExported() throws Exception {
    inputs.send(100, false);
    deleteBefore(150);

    assertThat(refusal(null))
        .contains(
            "the inputs 100 to 149 are deleted", "positions set", "offset:" + input + ":0=150");

    options.put("input.from", "latest");
    assertThat(refusal(null)).contains("the inputs 100 to 149 are deleted");

    options.put("input.until", "offset:0=180");
    assertThat(refusal(null)).contains("the inputs 100 to 149 are deleted");
  }

  @Test
  void aPositionBehindTheEnd() throws Exception {
    commit(120, position().metadata());

    assertThat(refusal(null)).contains("is at 120, and the partition ends at 100");
  }

  @Test
  void aStartThatWasAskedForAgainstAPosition() throws Exception {
    options.put("input.from", "earliest");
    options.put("input.from-required", "true");

    assertThat(refusal(null)).contains("--from is given, and group " + group, "100");
  }

  @Test
  void aStartBehindTheEnd() throws Exception {
    options.put("input.group-id", group + "-2");
    options.put("output.transactional-id-prefix", "second-" + input);
    options.put("input.from", "offset:0=101");

    assertThat(refusal(null)).contains("the start offset 101 is after the partition's end, 100");
  }

  @Test
  void aConsumerInTheGroup() throws Exception {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("group.id", group);
    properties.put("client.id", "somebody");
    properties.put("enable.auto.commit", "false");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(input));
      org.awaitility.Awaitility.await("a member of the group")
          .atMost(Kafka.PATIENCE)
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100));
                return !consumer.assignment().isEmpty();
              });

      assertThat(refusal(null)).contains("group " + group + " has members", "somebody");
    }
  }

  /** Runs the job until all is out, and stops it with a savepoint. */
  private String run(String state) throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options, state)) {
      inputs.awaitOut();
      return job.stopWithSavepoint(directory.resolve("savepoints"));
    }
  }

  /** The failure of the job's first attempt. */
  private String refusal(String state) throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options, state)) {
      String refusal = failure(job);
      assertThat(job.progress().restarts()).isZero();
      return refusal;
    }
  }

  /** The refusal that ended the job for good. */
  private static String failure(ExportJob job) {
    job.await(JobStatus.FAILED);
    JobProgress progress = job.progress();
    for (Throwable cause = progress.failure(); cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefusedException) {
        return cause.getMessage();
      }
    }
    throw new AssertionError("the job failed for another reason", progress.failure());
  }

  private OffsetAndMetadata position() throws Exception {
    try (Admin admin = admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .get(new TopicPartition(input, 0));
    }
  }

  private void commit(long offset, String metadata) throws Exception {
    try (Admin admin = admin()) {
      admin
          .alterConsumerGroupOffsets(
              group, Map.of(new TopicPartition(input, 0), new OffsetAndMetadata(offset, metadata)))
          .all()
          .get();
    }
  }

  private void deleteBefore(long offset) throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(input, 0), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
