package io.embeddingexport.job.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Options given in a file and on the command line, and the problems of their form.
 *
 * @param values by name
 * @param origins place where an option of {@code values} was given, by name: {@code "job.yaml, line
 *     7"}
 * @param problems of the file and the command line, one sentence each
 */
public record JobConfiguration(
    Configuration values, Map<String, String> origins, List<String> problems) {

  /** Options set by a program. */
  public static JobConfiguration of(Configuration values) {
    return new JobConfiguration(values, Map.of(), List.of());
  }

  /**
   * Reads options. {@link JobSettings#of(JobConfiguration)} checks their values.
   *
   * @param file YAML, with names nested ({@code input: {topic: x}}) or dotted ({@code input.topic:
   *     x}); null: no file
   * @param sets {@code name=value} each; override the file's
   */
  public static JobConfiguration read(@Nullable Path file, List<String> sets) {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    Map<String, String> origins = new HashMap<>();
    if (file != null) {
      OptionsFile options = OptionsFile.read(file, problems);
      values.putAll(options.values());
      options
          .lines()
          .forEach((name, line) -> origins.put(name, file.getFileName() + ", line " + line));
    }
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals <= 0) {
        problems.add("--set " + set + ": write --set name=value");
        continue;
      }
      String name = set.substring(0, equals).strip();
      values.put(name, set.substring(equals + 1).strip());
      origins.put(name, "--set");
    }
    return new JobConfiguration(Configuration.fromMap(values), origins, problems);
  }

  /**
   * The options, for a command that needs some of them.
   *
   * @throws InvalidOptionsException naming every problem of their form, and every unknown name
   */
  public Configuration wellFormed() throws InvalidOptionsException {
    List<String> all = new ArrayList<>(problems);
    all.addAll(OptionNames.unknown(this));
    if (!all.isEmpty()) {
      throw new InvalidOptionsException(all);
    }
    return values;
  }

  /** Start of a problem with this option: its place and name. */
  String at(String name) {
    String origin = origins.get(name);
    return origin == null ? name : origin + ": " + name;
  }
}
