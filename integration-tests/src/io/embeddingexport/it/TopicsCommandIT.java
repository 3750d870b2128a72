package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.ThreadLeakCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code topics create} on a real broker. */
@ExtendWith({SharedBroker.class, ThreadLeakCheck.class})
class TopicsCommandIT {

  @Test
  void theTopicsThatAreCreatedSatisfyDoctor(Kafka kafka, @TempDir Path directory) {
    String prefix = kafka.newName("job");
    Tool tool = tool(kafka, prefix, directory);

    assertThat(tool.run("topics", "create", "--partitions", "2").out())
        .contains(
            "created: " + prefix + "-in, partitions: 2",
            "created: " + prefix + "-configs, partitions: 1, cleanup.policy=compact",
            "created: " + prefix + "-letters, partitions: 2, cleanup.policy=delete");
    assertThat(tool.run("topics", "create").out()).doesNotContain("created").contains("exists:");
    Tool.Result doctor = tool.run("doctor");
    assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();
    assertThat(doctor.out()).containsPattern("(?m)^ok +message-sizes");
  }

  @Test
  void givenAnInputWithLargerMessagesThenTheDeadLettersHaveRoomForThem(
      Kafka kafka, @TempDir Path directory) throws Exception {
    String prefix = kafka.newName("large");
    kafka.create(prefix + "-in", 1, Map.of("max.message.bytes", "5000000"));

    Tool.Result created = tool(kafka, prefix, directory).run("topics", "create");

    assertThat(created.exitCode()).as(created.err()).isZero();
    assertThat(maxMessageBytes(kafka, prefix + "-letters")).isEqualTo("5065536");
  }

  private static String maxMessageBytes(Kafka kafka, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin
          .describeConfigs(List.of(resource))
          .values()
          .get(resource)
          .get()
          .get("max.message.bytes")
          .value();
    }
  }

  private static Tool tool(Kafka kafka, String prefix, Path directory) {
    return new Tool(
        directory.resolve("job.yaml"),
        Map.of(
            "job.name",
            prefix,
            "kafka.bootstrap-servers",
            kafka.bootstrapServers(),
            "input.topic",
            prefix + "-in",
            "output.topic",
            prefix + "-records",
            "dead-letter.topic",
            prefix + "-letters",
            "key-config.topic",
            prefix + "-configs",
            "flink.execution.checkpointing.interval",
            "10s",
            "flink.execution.checkpointing.dir",
            directory.toUri().toString()));
  }
}
