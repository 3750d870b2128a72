package io.embeddingexport.cli.demo;

import io.embeddingexport.cli.demo.ExportCheck.Topics;
import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.job.JobConfiguration;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job as any user would run it: an options file and key-config files, here in the demo's
 * directory.
 *
 * @param optionsFile for {@code --config}
 */
record DemoJob(Path optionsFile, List<DemoModel> models) {
  static final String NAME = "embedding-export-demo";
  static final String INPUT_TOPIC = "embedding-events";
  static final Topics OUTPUT_TOPICS = new Topics("data-records", "dead-letters");

  private static final List<String> SAMPLES = List.of("user", "item", "query");

  /** Writes the files into {@code directory}. */
  static DemoJob create(Path directory, String bootstrapServers, int parallelism) throws Exception {
    Path keys = Files.createDirectories(directory.resolve("keys"));
    List<DemoModel> models = new ArrayList<>();
    for (String sample : SAMPLES) {
      byte[] text = sample(sample + ".yaml");
      Files.write(keys.resolve(sample + ".yaml"), text);
      models.add(DemoModel.of(KeyConfigParser.parse(sample + ".yaml", text)));
    }
    Path options = directory.resolve("embedding-export.yaml");
    Files.writeString(options, options(bootstrapServers, parallelism));
    return new DemoJob(options, models);
  }

  /** The job, ready to be submitted. */
  StreamExecutionEnvironment environment() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    ExportTopology.define(env, JobConfiguration.load(optionsFile, List.of()));
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
    key-config.files: keys
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
            parallelism);
  }

  private static byte[] sample(String name) throws IOException {
    try (InputStream in = DemoJob.class.getResourceAsStream("/samples/keys/" + name)) {
      if (in == null) {
        throw new IOException(
            "/samples/keys/" + name + " is not on the class path; build with mvn process-classes");
      }
      return in.readAllBytes();
    }
  }
}
