package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigurationTest {
  @TempDir private Path directory;

  @Test
  void withoutADirectoryThereShouldBeNone() throws Exception {
    assertThat(ClusterConfiguration.load(null).keySet()).isEmpty();
    assertThat(ClusterConfiguration.load("").keySet()).isEmpty();
  }

  @Test
  void itsFileShouldBeRead() throws Exception {
    Files.writeString(
        directory.resolve("config.yaml"), "execution.checkpointing.dir: file:///checkpoints\n");

    assertThat(
            ClusterConfiguration.load(directory.toString())
                .get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("file:///checkpoints");
  }

  @Test
  void aDirectoryWithoutTheFileShouldBeRefused() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> ClusterConfiguration.load(directory.toString()))
        .withMessageContaining("FLINK_CONF_DIR = " + directory)
        .withMessageContaining("config.yaml")
        .withMessageEndingWith("correct or unset it");
  }

  @Test
  void aMalformedFileShouldBeRefused() throws Exception {
    Files.writeString(directory.resolve("config.yaml"), "a: [1\n\tb: 2\n");

    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> ClusterConfiguration.load(directory.toString()))
        .withMessageContaining("FLINK_CONF_DIR = " + directory)
        .withMessageEndingWith("correct or unset it");
  }

  @Test
  void aJobShouldTakeWhatIsOfJobsAndGoOverIt() throws Exception {
    Configuration cluster =
        Configuration.fromMap(
            Map.of(
                "execution.checkpointing.interval", "3 s",
                "execution.checkpointing.timeout", "2 min",
                "parallelism.default", "5",
                "execution.target", "remote",
                "rest.port", "8081",
                "high-availability.type", "zookeeper",
                "taskmanager.memory.process.size", "2g"));
    Configuration options = TestOptions.minimal(directory);
    options.setString("flink.execution.checkpointing.interval", "1 s");

    Configuration flink = JobSettings.of(options).on(cluster).flink();

    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(flink.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(5);
    assertThat(flink.keySet())
        .doesNotContain(
            "execution.target",
            "rest.port",
            "high-availability.type",
            "taskmanager.memory.process.size");
  }
}
