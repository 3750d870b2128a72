package io.embeddingexport.cli.demo;

import io.embeddingexport.cli.demo.ExportCheck.Topics;
import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job as any user would run it: an options file in the demo's directory, and key configs on a
 * topic.
 *
 * @param optionsFile for {@code --config}
 */
record DemoJob(Path optionsFile) {
  static final String NAME = "embedding-export-demo";
  static final String INPUT_TOPIC = "embedding-events";
  static final String KEY_CONFIG_TOPIC = "embedding-key-configs";
  static final Topics OUTPUT_TOPICS = new Topics("data-records", "dead-letters");

  /** The sample models; the first one's key config changes half way. */
  static List<DemoModel> models() throws Exception {
    return List.of(
        new DemoModel(sample("keys/user.yaml"), sample("next/user.yaml")),
        DemoModel.of(sample("keys/item.yaml")),
        DemoModel.of(sample("keys/query.yaml")));
  }

  /** Writes the options file into {@code directory}. */
  static DemoJob create(Path directory, String bootstrapServers, int parallelism)
      throws IOException {
    Path options = directory.resolve("embedding-export.yaml");
    Files.writeString(options, options(bootstrapServers, parallelism));
    return new DemoJob(options);
  }

  /** The job, ready to submit. */
  StreamExecutionEnvironment environment() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    ExportTopology.define(env, JobConfiguration.read(optionsFile, List.of()).wellFormed());
    return env;
  }

  private static String options(String bootstrapServers, int parallelism) {
    return """
    job.name: %s
    kafka.bootstrap-servers: "%s"
    input:
      topic: %s
      from: earliest
      group-id: %s
    output:
      topic: %s
      forward-headers: %s
      transactional-id-prefix: %s
    dead-letter.topic: %s
    key-config.topic: %s
    flink:
      parallelism.default: %d
      execution.checkpointing.interval: 1 s
    """
        .formatted(
            NAME,
            bootstrapServers,
            INPUT_TOPIC,
            NAME,
            OUTPUT_TOPICS.records(),
            MessageCheck.TRACE_HEADER,
            NAME,
            OUTPUT_TOPICS.deadLetters(),
            KEY_CONFIG_TOPIC,
            parallelism);
  }

  private static KeyConfig sample(String name) throws Exception {
    String resource = "/samples/" + name;
    try (InputStream in = DemoJob.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(
            resource + " is not on the class path; build with mvn process-classes");
      }
      return KeyConfigParser.parse(resource, in.readAllBytes());
    }
  }
}
