package io.embeddingexport.cli.demo;

import io.embeddingexport.audit.CheckPlan;
import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.job.options.JobConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job as any user would run it: an options file, and key configs on a topic. */
final class DemoJob {
  static final String NAME = "embedding-export-demo";
  static final String INPUT_TOPIC = "embedding-events";
  static final String KEY_CONFIG_TOPIC = "embedding-key-configs";
  static final String RECORDS = "data-records";
  static final String DEAD_LETTERS = "dead-letters";

  /** The plan for the checker. */
  static CheckPlan plan(DemoEvents events, int partitions) {
    return new CheckPlan(
        INPUT_TOPIC,
        partitions,
        KEY_CONFIG_TOPIC,
        RECORDS,
        Map.of(),
        DEAD_LETTERS,
        events.keys(),
        true,
        events);
  }

  static Path optionsFile(Path directory) {
    return directory.resolve("embedding-export.yaml");
  }

  /** The job, ready to submit. Writes its options file into {@code directory}. */
  static StreamExecutionEnvironment define(Path directory, String bootstrapServers, int parallelism)
      throws Exception {
    Path file = optionsFile(directory);
    Files.writeString(file, options(bootstrapServers, parallelism));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    ExportTopology.define(env, JobConfiguration.read(file, List.of()).wellFormed());
    return env;
  }

  private static String options(String bootstrapServers, int parallelism) {
    return """
    job.name: %1$s
    kafka.bootstrap-servers: "%2$s"
    input:
      topic: %3$s
      from: earliest
      group-id: %1$s
    output:
      topic: %4$s
      forward-headers: %5$s
      transactional-id-prefix: %1$s
    dead-letter.topic: %6$s
    key-config.topic: %7$s
    flink:
      parallelism.default: %8$d
      execution.checkpointing.interval: 1 s
    """
        .formatted(
            NAME,
            bootstrapServers,
            INPUT_TOPIC,
            RECORDS,
            ExportChecker.TRACE,
            DEAD_LETTERS,
            KEY_CONFIG_TOPIC,
            parallelism);
  }

  private DemoJob() {}
}
