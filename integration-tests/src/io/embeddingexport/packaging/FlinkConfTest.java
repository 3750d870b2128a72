package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code flink-conf/config.yaml} as Flink itself reads it. */
class FlinkConfTest {
  private static final Path DIRECTORY = Path.of("flink-conf");

  /** Options of a reporter the user names; Flink has no fixed key for them. */
  private static final String REPORTER = "metrics.reporter.";

  private final Configuration asItIs = GlobalConfiguration.loadConfiguration(DIRECTORY.toString());

  @TempDir private Path directory;

  @Test
  void everyOptionIsOneFlinkKnowsAndCanParse() throws IOException {
    Configuration everything = withTheOptionsThatAreOff();
    assertThat(everything.keySet()).hasSizeGreaterThan(asItIs.keySet().size());

    for (String key : everything.keySet()) {
      if (!key.startsWith(REPORTER)) {
        ConfigOption<?> option = FlinkOptions.BY_KEY.get(key);
        assertThat(option).as(key).isNotNull();
        assertThat((Object) everything.get(option)).as(key).isNotNull();
      }
    }
  }

  /** The image's entry point writes the file anew with nested keys, and breaks where both exist. */
  @Test
  void noOptionIsAlsoThePathOfAnother() throws IOException {
    TreeSet<String> keys = new TreeSet<>(withTheOptionsThatAreOff().keySet());

    for (String key : keys) {
      assertThat(keys).as("options under " + key).noneMatch(other -> other.startsWith(key + "."));
    }
  }

  @Test
  void memoryAddsUpToAHeapForTwoProducersASlot() {
    TaskExecutorProcessSpec taskManager = TaskExecutorProcessUtils.processSpecFromConfig(asItIs);
    assertThat(taskManager.getTaskHeapSize().getBytes() / taskManager.getNumSlots())
        .isGreaterThan(MemorySize.ofMebiBytes(2 * 64 + 50 + 128).getBytes());
    assertThat(taskManager.getManagedMemorySize()).isEqualTo(MemorySize.ZERO);

    assertThat(JobManagerProcessUtils.processSpecFromConfig(asItIs).getJvmHeapMemorySize())
        .isGreaterThan(MemorySize.ofMebiBytes(512));
  }

  @Test
  void checkpointsAreExactlyOnceAndFarShorterThanATransaction() {
    assertThat(CheckpointingOptions.getCheckpointingMode(asItIs))
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(
            asItIs
                .get(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .plus(asItIs.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
                .toMinutes())
        .isLessThanOrEqualTo(5);
  }

  /** Each of these was missed on Java 17 by a process that lacked it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"java.lang", "java.util", "java.time", "java.net", "java.util.concurrent"})
  void opensWhatFlinkNeedsOnJava17(String packageName) {
    assertThat(asItIs.get(CoreOptions.FLINK_JVM_OPTIONS).split(" "))
        .contains("--add-opens=java.base/" + packageName + "=ALL-UNNAMED");
  }

  /** The file with every {@code #option: value} line switched on. */
  private Configuration withTheOptionsThatAreOff() throws IOException {
    List<String> lines = Files.readAllLines(DIRECTORY.resolve("config.yaml"));
    Files.write(
        directory.resolve("config.yaml"),
        lines.stream().map(line -> line.matches("#[a-z].*") ? line.substring(1) : line).toList());
    return GlobalConfiguration.loadConfiguration(directory.toString());
  }
}
