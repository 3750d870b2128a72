package io.embeddingexport.job.options;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A job's options as anybody may see them, with {@code ******} for each secret. Flink's own masks
 * leave out keys and passphrases of TLS, and access keys of object stores.
 */
final class MaskedOptions {
  private static final List<ConfigDef> KAFKA =
      List.of(
          ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

  private static final List<String> SECRET_WORDS =
      List.of("access-key", "access.key", "credential", "passphrase", "private-key", "private.key");

  private static final String PROVIDER_PARAMETER = ".param.";
  private static final String PROCESS_ARGUMENTS = JobOptions.FLINK_PREFIX + "env.";

  static Map<String, String> of(Configuration options) {
    Map<String, String> masked = new TreeMap<>();
    options
        .toMap()
        .forEach(
            (name, value) ->
                masked.put(
                    name, isSecret(name, options) ? GlobalConfiguration.HIDDEN_CONTENT : value));
    return masked;
  }

  /**
   * Names that nobody knows are a plugin's, and may be secrets. So may the parameters of config
   * providers, and variables and arguments of processes.
   */
  private static boolean isSecret(String name, Configuration options) {
    String lower = name.toLowerCase(Locale.ROOT);
    return GlobalConfiguration.isSensitive(name)
        || SECRET_WORDS.stream().anyMatch(lower::contains)
        || lower.contains(PROVIDER_PARAMETER)
        || lower.startsWith(PROCESS_ARGUMENTS)
        || !isListed(name, options)
        || isPasswordOfKafka(name);
  }

  private static boolean isListed(String name, Configuration options) {
    return name.startsWith(JobOptions.FLINK_PREFIX)
        ? FlinkOptionNames.isListed(name.substring(JobOptions.FLINK_PREFIX.length()))
        : OptionNames.isKnown(name, options);
  }

  private static boolean isPasswordOfKafka(String name) {
    return Stream.of(JobOptions.CLIENT_PREFIX, JobOptions.SOURCE_PREFIX, JobOptions.SINK_PREFIX)
        .filter(name::startsWith)
        .map(prefix -> name.substring(prefix.length()))
        .anyMatch(
            property ->
                KAFKA.stream()
                    .map(client -> client.configKeys().get(property))
                    .anyMatch(key -> key != null && key.type == ConfigDef.Type.PASSWORD));
  }

  private MaskedOptions() {}
}
