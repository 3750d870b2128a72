package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.kafka.ClientDefaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a contestant is told.
 *
 * @param output of records; nothing else writes there
 * @param checkpointMillis between commits of its transactions
 * @param options of the job, over its defaults
 */
record ContestantSettings(
    String bootstrapServers,
    String input,
    String output,
    String deadLetters,
    String keyConfigTopic,
    int floats,
    int parallelism,
    long checkpointMillis,
    Map<String, String> options) {

  List<String> toArguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                bootstrapServers,
                input,
                output,
                deadLetters,
                keyConfigTopic,
                Integer.toString(floats),
                Integer.toString(parallelism),
                Long.toString(checkpointMillis)));
    options.forEach((name, value) -> arguments.add(name + "=" + value));
    return arguments;
  }

  static ContestantSettings parse(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    for (String option : arguments.subList(8, arguments.size())) {
      int equals = option.indexOf('=');
      options.put(option.substring(0, equals), option.substring(equals + 1));
    }
    return new ContestantSettings(
        arguments.get(0),
        arguments.get(1),
        arguments.get(2),
        arguments.get(3),
        arguments.get(4),
        Integer.parseInt(arguments.get(5)),
        Integer.parseInt(arguments.get(6)),
        Long.parseLong(arguments.get(7)),
        options);
  }

  PipelineWorkload workload() {
    return new PipelineWorkload("", floats, 0, 0);
  }

  /** All contestants' consumers have the job's settings. */
  Map<String, Object> consumer() {
    Map<String, Object> properties = new HashMap<>(ClientDefaults.SOURCE);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("group.id", output);
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("isolation.level", "read_committed");
    return properties;
  }

  /** All contestants' producers have the job's settings. */
  Map<String, Object> producer() {
    Map<String, Object> properties = new HashMap<>(ClientDefaults.SINK);
    properties.put("bootstrap.servers", bootstrapServers);
    return properties;
  }
}
