package io.embeddingexport.cli.clients;

import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the brokers and the connection settings, or the job that has them. */
public final class ClientOptions {
  @Mixin private JobArgumentOptions job = new JobArgumentOptions();

  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT[,…]",
      description = "Kafka bootstrap brokers (default: the job's, or 127.0.0.1:9092).")
  private @Nullable String bootstrapServers;

  @Option(
      names = {"-P", "--client-property"},
      paramLabel = "KEY=VALUE",
      description =
          "A property for the Kafka client, such as security.protocol=SSL. It overrides"
              + " kafka.client.*, kafka.source.* and kafka.sink.* of the job's options."
              + " Repeatable.")
  private Map<String, String> clientProperties = new LinkedHashMap<>();

  private String defaultServers = "127.0.0.1:9092";
  private Map<String, String> defaultProperties = Map.of();

  /**
   * Reads the job's options, and takes missing connection settings from them.
   *
   * @param prefixes of the client properties to take; a later one wins
   * @return empty if no job is named
   * @throws InvalidOptionsException if the file cannot be read, or is not well formed
   */
  public JobConfiguration load(String... prefixes) throws InvalidOptionsException {
    JobConfiguration read = job.arguments().options();
    Configuration options = read.wellFormed();
    Map<String, String> properties = new HashMap<>();
    for (String prefix : prefixes) {
      properties.putAll(ConfigurationUtils.getPrefixedKeyValuePairs(prefix, options));
    }
    setDefaults(
        options.getOptional(JobOptions.BOOTSTRAP_SERVERS).orElse(defaultServers), properties);
    return read;
  }

  /** Takes missing options from these. */
  public void setDefaults(String servers, Map<String, String> properties) {
    defaultServers = servers;
    defaultProperties = Map.copyOf(properties);
  }

  public String bootstrapServers() {
    return bootstrapServers == null ? defaultServers : bootstrapServers;
  }

  /**
   * Properties of a client: the user's override the given defaults.
   *
   * @param clientId names the client in the broker's logs and quotas
   */
  public Map<String, Object> properties(String clientId, Map<String, ?> defaults) {
    Map<String, Object> properties = new HashMap<>(defaults);
    properties.put("client.id", clientId);
    properties.putAll(defaultProperties);
    properties.putAll(clientProperties);
    properties.put("bootstrap.servers", bootstrapServers());
    return properties;
  }
}
