package io.embeddingexport.job;

import io.embeddingexport.keys.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Which names options may have. */
final class OptionNames {
  private static final List<String> PREFIXES =
      List.of(
          JobOptions.FLINK_PREFIX,
          JobOptions.CLIENT_PREFIX,
          JobOptions.SOURCE_PREFIX,
          JobOptions.SINK_PREFIX);
  private static final List<String> NAMES = JobOptions.ALL.stream().map(ConfigOption::key).toList();

  /** A problem for each option that is none of ours and under no prefix. */
  static List<String> unknown(Configuration options) {
    List<String> problems = new ArrayList<>();
    for (String name : new TreeMap<>(options.toMap()).keySet()) {
      if (!NAMES.contains(name) && PREFIXES.stream().noneMatch(name::startsWith)) {
        problems.add(name + ": no such option" + hint(name));
      }
    }
    return problems;
  }

  private static String hint(String name) {
    String hint = Nearest.hint(name, Stream.concat(NAMES.stream(), PREFIXES.stream()).toList());
    return hint.isEmpty()
        ? "; docs/configuration.md lists all, and Flink's own stand under "
            + JobOptions.FLINK_PREFIX
        : hint;
  }

  /** The options under {@code prefix}, without it. */
  static Map<String, String> under(String prefix, Configuration options) {
    Map<String, String> found = new TreeMap<>();
    options
        .toMap()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix) && name.length() > prefix.length()) {
                found.put(name.substring(prefix.length()), value);
              }
            });
    return found;
  }

  private OptionNames() {}
}
