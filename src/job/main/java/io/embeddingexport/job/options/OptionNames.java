package io.embeddingexport.job.options;

import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;

/** The allowed names of options. */
final class OptionNames {
  /** Allowed suffixes by prefix. Flink's are looked up separately. */
  private static final Map<String, Set<String>> KAFKA =
      Map.of(
          JobOptions.CLIENT_PREFIX,
          union(
              ConsumerConfig.configNames(),
              ProducerConfig.configNames(),
              AdminClientConfig.configNames()),
          JobOptions.SOURCE_PREFIX,
          union(ConsumerConfig.configNames(), AdminClientConfig.configNames()),
          JobOptions.SINK_PREFIX,
          union(ProducerConfig.configNames(), AdminClientConfig.configNames()));

  private static final Set<String> OURS = ours();

  /** A problem for each unused name that {@code allow-unknown} does not allow. */
  static List<String> unknown(JobConfiguration options) {
    List<String> problems = new ArrayList<>();
    Collection<String> allowed = allowed(options.values());
    for (String name : new TreeSet<>(options.values().keySet())) {
      if (!isKnown(name, options.values())
          && allowed.stream().noneMatch(pattern -> matches(pattern, name))) {
        problems.add(options.at(SafeText.of(name)) + ": no such option" + remedy(name));
      }
    }
    return problems;
  }

  /** Whether the job, Kafka, a config provider or Flink has an option of this name. */
  static boolean isKnown(String name, Configuration options) {
    for (Map.Entry<String, Set<String>> kafka : KAFKA.entrySet()) {
      String prefix = kafka.getKey();
      if (name.startsWith(prefix)) {
        String property = name.substring(prefix.length());
        return kafka.getValue().contains(property)
            || isOfProvider(property, prefix, options)
            || isOfProvider(property, JobOptions.CLIENT_PREFIX, options);
      }
    }
    return name.startsWith(JobOptions.FLINK_PREFIX)
        ? FlinkOptionNames.isKnown(name.substring(JobOptions.FLINK_PREFIX.length()))
        : OURS.contains(name);
  }

  /** Whether Kafka hands the property to a config provider that the options under a prefix name. */
  private static boolean isOfProvider(String property, String prefix, Configuration options) {
    String names =
        options.toMap().getOrDefault(prefix + AbstractConfig.CONFIG_PROVIDERS_CONFIG, "");
    return Arrays.stream(names.split("[,;]"))
        .map(name -> AbstractConfig.CONFIG_PROVIDERS_CONFIG + '.' + name.strip() + '.')
        .anyMatch(
            provider ->
                property.equals(provider + "class") || property.startsWith(provider + "param."));
  }

  private static String remedy(String name) {
    if (FlinkOptionNames.ALL.contains(name)) {
      return "; did you mean '" + JobOptions.FLINK_PREFIX + name + "'?";
    }
    String suggestion = Suggestion.of(name, candidates(name));
    if (!suggestion.isEmpty()) {
      return suggestion;
    }
    return name.startsWith("kafka.") || name.startsWith(JobOptions.FLINK_PREFIX)
        ? "; correct it, or allow a plugin's name: --set "
            + JobOptions.ALLOW_UNKNOWN.key()
            + "="
            + SafeText.of(name)
        : "; docs/configuration.md lists all options; Flink's begin with "
            + JobOptions.FLINK_PREFIX;
  }

  /** Our names, and Kafka's or Flink's if the name has their prefix. */
  private static Set<String> candidates(String name) {
    Set<String> candidates = new LinkedHashSet<>(OURS);
    KAFKA.forEach(
        (prefix, names) -> {
          if (name.startsWith("kafka.")) {
            names.forEach(known -> candidates.add(prefix + known));
          }
        });
    if (name.startsWith(JobOptions.FLINK_PREFIX)) {
      FlinkOptionNames.ALL.forEach(known -> candidates.add(JobOptions.FLINK_PREFIX + known));
    }
    return candidates;
  }

  private static Collection<String> allowed(Configuration options) {
    return options.getOptional(JobOptions.ALLOW_UNKNOWN).orElse(List.of());
  }

  /** Whether a name equals {@code pattern}, or starts with the part before its last star. */
  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  /** The options under {@code prefix}, without it. */
  static Map<String, String> under(String prefix, Configuration options) {
    return new TreeMap<>(ConfigurationUtils.getPrefixedKeyValuePairs(prefix, options));
  }

  private static Set<String> ours() {
    Set<String> names = new TreeSet<>();
    for (ConfigOption<?> option : JobOptions.ALL) {
      names.add(option.key());
    }
    return names;
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> all = new TreeSet<>();
    for (Set<String> set : sets) {
      all.addAll(set);
    }
    return all;
  }

  private OptionNames() {}
}
