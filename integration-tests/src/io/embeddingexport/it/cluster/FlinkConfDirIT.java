package io.embeddingexport.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.it.BrokerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands read the configuration of the cluster that FLINK_CONF_DIR names. */
class FlinkConfDirIT {
  @TempDir private static Path directory;
  private static BrokerProcess broker;
  private static Path configuration;

  @BeforeAll
  static void start() throws Exception {
    broker = BrokerProcess.start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("events", 1, (short) 1),
                  new NewTopic("records", 1, (short) 1),
                  new NewTopic("letters", 1, (short) 1)
                      .configs(Map.of("max.message.bytes", "1200000"))))
          .all()
          .get();
    }
    configuration = Files.createDirectories(directory.resolve("flink-conf"));
    Files.writeString(
        configuration.resolve("config.yaml"),
        """
        execution.checkpointing.interval: 700 ms
        execution.checkpointing.dir: %s
        # These belong to the cluster's processes: a run in one process must not take them.
        rest.port: 1
        high-availability.type: zookeeper
        taskmanager.memory.process.size: 1m
        """
            .formatted(directory.resolve("checkpoints").toUri()));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void doctorChecksTheClustersDirectoryForCheckpoints() throws Exception {
    String printed = printed("doctor", List.of("doctor"));

    assertThat(printed)
        .contains("checkpoints is writable from this machine", "every 700 ms")
        .doesNotContain("in the JobManager's memory");
  }

  @Test
  void runTakesWhatIsOfJobs() throws Exception {
    String printed = printed("run", List.of("run", "--until", "latest"));

    assertThat(printed)
        .contains("checkpoint every 700 ms")
        .doesNotContain("in the JobManager's memory");
  }

  private static String printed(String name, List<String> words) throws Exception {
    List<String> all = new ArrayList<>(words);
    for (String option :
        List.of(
            "kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "input.topic=events",
            "output.topic=records",
            "dead-letter.topic=letters",
            "key-config.files=etc/samples/keys")) {
      all.addAll(List.of("--set", option));
    }
    Map<String, String> environment = Map.of("FLINK_CONF_DIR", configuration.toString());
    try (JavaProcess command = CommandProcess.start(name, directory, environment, all)) {
      return command.result();
    }
  }
}
