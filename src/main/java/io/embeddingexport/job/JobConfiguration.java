package io.embeddingexport.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** Reads job options from a YAML file and the command line. */
public final class JobConfiguration {
  private static final ConfigOption<List<String>> ANY_LIST =
      ConfigOptions.key("list").stringType().asList().noDefaultValue();

  /**
   * Reads options; what they hold is checked by {@link JobSettings#of}.
   *
   * @param yaml keys nested ({@code input: {topic: x}}) or dotted ({@code input.topic: x}); null:
   *     no file
   * @param sets {@code key=value} each, over the file's
   * @throws InvalidOptionsException if the file is no YAML mapping or cannot be read, a key stands
   *     there twice, or a {@code sets} element is not {@code key=value}
   */
  public static Configuration load(@Nullable Path yaml, List<String> sets)
      throws InvalidOptionsException {
    List<String> problems = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    if (yaml != null) {
      flatten("", parse(yaml), options, problems);
      resolve(yaml.toAbsolutePath().getParent(), options);
    }
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals <= 0) {
        problems.add("--set " + set + ": write --set key=value");
      } else {
        options.put(set.substring(0, equals).strip(), set.substring(equals + 1).strip());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return Configuration.fromMap(options);
  }

  private static JsonNode parse(Path yaml) throws InvalidOptionsException {
    try {
      JsonNode root =
          YAMLMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(Files.readAllBytes(yaml));
      if (root.isObject()) {
        return root;
      }
      throw problem(yaml + ": holds no options; write key: value lines (docs/configuration.md)");
    } catch (JsonProcessingException e) {
      throw problem(
          yaml
              + ", line "
              + e.getLocation().getLineNr()
              + ": "
              + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw problem(yaml + ": cannot be read: " + e.getMessage() + "; check --config");
    }
  }

  private static InvalidOptionsException problem(String problem) {
    return new InvalidOptionsException(List.of(problem));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("is no YAML");
  }

  private static void flatten(
      String prefix, JsonNode node, Map<String, String> options, List<String> problems) {
    for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> field = it.next();
      String key = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject()) {
        flatten(key + '.', value, options, problems);
      } else if (value.isNull()) {
        problems.add(key + ": has no value; give one or remove the line");
      } else if (options.putIfAbsent(key, text(value)) != null) {
        problems.add(key + ": stands there twice, nested and dotted; keep one");
      }
    }
  }

  /** The value as Flink's options parse it: scalars as they stand, lists as YAML. */
  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> elements = new ArrayList<>();
    value.forEach(element -> elements.add(element.asText()));
    return new Configuration().set(ANY_LIST, elements).toMap().get(ANY_LIST.key());
  }

  /** Lets relative key-config files start at the options file's directory. */
  private static void resolve(Path directory, Map<String, String> options) {
    String files = options.get(JobOptions.KEY_CONFIG_FILES.key());
    if (files != null) {
      Configuration configuration = Configuration.fromMap(options);
      List<String> resolved =
          configuration.get(JobOptions.KEY_CONFIG_FILES).stream()
              .map(file -> directory.resolve(file).toString())
              .toList();
      options.putAll(configuration.set(JobOptions.KEY_CONFIG_FILES, resolved).toMap());
    }
  }

  private JobConfiguration() {}
}
