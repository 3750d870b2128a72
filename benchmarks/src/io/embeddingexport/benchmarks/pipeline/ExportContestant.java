package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.benchmarks.formats.VectorFormat;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.keys.KeyConfigJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * This job with its own defaults, all but the checkpoint interval.
 *
 * @param format of the events
 * @param live whether the key config is on a topic; otherwise it is in a file
 */
record ExportContestant(ContestantSettings settings, EventFormat format, boolean live) {

  void run() throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", settings.bootstrapServers());
    options.put("input.topic", settings.input());
    switch (format) {
      case AVRO -> options.put("input.mapping", mapping(VectorFormat.AVRO));
      case PROTOBUF -> options.put("input.mapping", mapping(VectorFormat.PROTOBUF));
      default -> options.put("input.format", format.name().toLowerCase(Locale.ROOT));
    }
    options.put("input.from", "earliest");
    options.put("input.group-id", settings.output());
    options.put("output.topic", settings.output());
    options.put("output.transactional-id-prefix", settings.output());
    options.put("dead-letter.topic", settings.deadLetters());
    options.put("flink.parallelism.default", Integer.toString(settings.parallelism()));
    options.put("flink.execution.checkpointing.interval", settings.checkpointMillis() + " ms");
    options.put("flink.restart-strategy.type", "none");
    if (live) {
      options.put("key-config.topic", settings.keyConfigTopic());
    } else {
      Path file = Files.createTempFile("key-config", ".json");
      Files.writeString(file, KeyConfigJson.write(settings.workload().keyConfig()));
      options.put("key-config.files", file.toString());
    }
    options.putAll(settings.options());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(FlinkInProcess.options());
    ExportTopology.define(env, Configuration.fromMap(options));
    env.execute("export");
  }

  /** The file of a mapping, with its schema's file beside it. */
  private static String mapping(VectorFormat format) throws IOException {
    InputText input = format.input(PipelineWorkload.TENSOR);
    Path directory = Files.createTempDirectory("mapping");
    for (Map.Entry<String, byte[]> file : input.files().entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    return Files.write(directory.resolve("input.yaml"), input.text()).toString();
  }
}
