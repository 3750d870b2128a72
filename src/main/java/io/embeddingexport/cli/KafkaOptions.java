package io.embeddingexport.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a command reaches Kafka. */
final class KafkaOptions {

  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "Brokers to start from (default: ${DEFAULT-VALUE}).")
  String bootstrapServers = "localhost:9092";

  @Option(
      names = {"-P", "--property"},
      paramLabel = "NAME=VALUE",
      description = "A Kafka client property, for security say. May be given many times.")
  Map<String, String> properties = new HashMap<>();

  /** The client's properties: {@code defaults}, and what was given over them. */
  Map<String, Object> client(Map<String, String> defaults) {
    Map<String, Object> all = new HashMap<>(defaults);
    all.putAll(properties);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }
}
