package io.embeddingexport.keys;

import io.embeddingexport.text.YamlText;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a key config as YAML for people to edit: one field per line, defaults left out, keys as
 * numbers, with the feature's name if it has one. {@link KeyConfigParser#parse} turns it back into
 * an equal config.
 */
public final class KeyConfigYaml {
  public static String write(KeyConfig config) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("model: ").append(YamlText.of(config.model())).append('\n');
    yaml.append("version: ").append(config.version()).append('\n');
    if (config.entityIdKey() != null) {
      yaml.append("entity-id-feature: ").append(feature(config.entityIdKey(), config));
    }
    if (config.entityTextKey() != null) {
      yaml.append("entity-id-text-feature: ").append(feature(config.entityTextKey(), config));
    }
    if (config.eventTimeKey() != null) {
      yaml.append("event-time-feature: ").append(feature(config.eventTimeKey(), config));
    }
    if (config.outputTopic() != null) {
      yaml.append("output-topic: ").append(YamlText.of(config.outputTopic())).append('\n');
    }
    if (!config.consumers().isEmpty()) {
      yaml.append(
          config.consumers().stream()
              .sorted()
              .map(ConsumerProfile::label)
              .collect(Collectors.joining(", ", "consumers: [", "]\n")));
    }
    yaml.append("keys:\n");
    for (KeySpec spec : config.keys()) {
      write(spec, config.features().get(spec.key()), yaml);
    }
    return yaml.toString();
  }

  private static void write(KeySpec spec, @Nullable String feature, StringBuilder yaml) {
    yaml.append("  - name: ").append(YamlText.of(spec.name())).append('\n');
    yaml.append("    key: ").append(spec.key()).append('\n');
    if (feature != null) {
      yaml.append("    feature: ").append(YamlText.of(feature)).append('\n');
    }
    yaml.append("    dtype: ").append(lower(spec.dataType())).append('\n');
    yaml.append("    shape: ").append(spec.shape().toString().replace(",", ", ")).append('\n');
    if (spec.encoding().isTyped()) {
      yaml.append("    encoding: typed\n");
    }
    if (spec.optional()) {
      yaml.append("    optional: true\n");
    }
    if (spec.nonFinite() != KeySpec.NonFinite.ACCEPT) {
      yaml.append("    non-finite: ").append(lower(spec.nonFinite())).append('\n');
    }
  }

  private static String feature(long id, KeyConfig config) {
    String name = config.features().get(id);
    return name == null ? id + "\n" : YamlText.of(name) + " # " + id + "\n";
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private KeyConfigYaml() {}
}
