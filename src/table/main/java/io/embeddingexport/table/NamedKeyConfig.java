package io.embeddingexport.table;

import static io.embeddingexport.table.DataRecordFormatOptions.KEY_CONFIG;
import static io.embeddingexport.table.DataRecordFormatOptions.KEY_CONFIG_MODEL;
import static io.embeddingexport.table.DataRecordFormatOptions.KEY_CONFIG_PROPERTIES;
import static io.embeddingexport.table.DataRecordFormatOptions.KEY_CONFIG_TOPIC;

import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;

/** Reads the key config that a table's options name: one of a file, or of a key-config topic. */
final class NamedKeyConfig {
  private static final String SERVERS = "bootstrap.servers";

  /**
   * Reads it.
   *
   * @param patience longest time to read a topic
   * @return empty if the options name none
   * @throws ValidationException if it cannot be read, or the options contradict each other
   */
  static Optional<KeyConfig> read(ReadableConfig options, Duration patience) {
    String file = options.get(KEY_CONFIG);
    String topic = options.get(KEY_CONFIG_TOPIC);
    String model = options.get(KEY_CONFIG_MODEL);
    if (file != null && topic != null) {
      throw problem(
          KEY_CONFIG_TOPIC,
          "is '" + topic + "', but '" + KEY_CONFIG.key() + "' is '" + file + "'; set one of them",
          null);
    }
    if (file != null) {
      return Optional.of(ofFile(file, model));
    }
    if (topic != null) {
      return Optional.of(ofTopic(topic, model, client(options), patience));
    }
    if (model != null) {
      throw problem(
          KEY_CONFIG_MODEL,
          "is '"
              + model
              + "', a model of no file or topic; set '"
              + KEY_CONFIG.key()
              + "' or '"
              + KEY_CONFIG_TOPIC.key()
              + "'",
          null);
    }
    return Optional.empty();
  }

  private static KeyConfig ofFile(String file, @Nullable String model) {
    List<KeyConfig> configs;
    try {
      configs = KeyConfigParser.parseAll(Path.of(file));
    } catch (IOException e) {
      throw problem(KEY_CONFIG, "cannot read " + file + ": " + e, e);
    } catch (InvalidKeyConfigException e) {
      throw problem(KEY_CONFIG, e.getMessage(), e);
    }
    if (model == null && configs.size() > 1) {
      throw problem(
          KEY_CONFIG, file + " has " + configs.size() + " key configs; " + nameTheModel(), null);
    }
    return configs.stream()
        .filter(config -> model == null || config.model().equals(model))
        .findFirst()
        .orElseThrow(
            () ->
                problem(
                    KEY_CONFIG,
                    file
                        + " has no model "
                        + SafeText.quoted(model)
                        + Suggestion.of(model, configs.stream().map(KeyConfig::model).toList()),
                    null));
  }

  private static KeyConfig ofTopic(
      String topic, @Nullable String model, Map<String, String> client, Duration patience) {
    if (model == null) {
      throw problem(KEY_CONFIG_TOPIC, topic + ": " + nameTheModel(), null);
    }
    String servers = client.get(SERVERS);
    if (servers == null) {
      throw problem(
          KEY_CONFIG_TOPIC,
          topic + ": set '" + KEY_CONFIG_PROPERTIES.key() + "." + SERVERS + "', its brokers",
          null);
    }
    try {
      return KeyConfigTopicScan.run(topic, client, patience).inForce(model);
    } catch (IllegalArgumentException e) {
      throw problem(KEY_CONFIG_TOPIC, topic + " at " + servers + ": " + e.getMessage(), e);
    } catch (NoClassDefFoundError e) {
      throw problem(
          KEY_CONFIG_TOPIC,
          topic
              + ": no jar has the Kafka client that reads it; add flink-sql-connector-kafka, or set '"
              + KEY_CONFIG.key()
              + "', a file",
          e);
    }
  }

  private static Map<String, String> client(ReadableConfig options) {
    return options.getOptional(KEY_CONFIG_PROPERTIES).orElse(Map.of());
  }

  private static String nameTheModel() {
    return "a table has the columns of one: name its model with '" + KEY_CONFIG_MODEL.key() + "'";
  }

  private static ValidationException problem(
      ConfigOption<?> option, String text, @Nullable Throwable cause) {
    return new ValidationException("Format 'datarecord': '" + option.key() + "': " + text, cause);
  }

  private NamedKeyConfig() {}
}
