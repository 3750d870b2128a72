package io.embeddingexport.job.options;

import io.embeddingexport.text.Node;
import io.embeddingexport.text.Node.Scalar;
import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.StrictText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * An options file, read strictly: a value is the text as written. A number that YAML would read as
 * different text ({@code 0755}, {@code 1.10}) is refused unless quoted.
 *
 * @param values by dotted name
 * @param lines of those values, from 1
 */
record OptionsFile(Map<String, String> values, Map<String, Integer> lines) {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)\\.(0|[0-9]*[1-9])");
  private static final ConfigOption<List<String>> ANY_LIST =
      ConfigOptions.key("list").stringType().asList().noDefaultValue();

  /**
   * @param problems receives each problem, with file and line
   * @return the readable options
   */
  static OptionsFile read(Path file, List<String> problems) {
    List<String> found = new ArrayList<>();
    OptionsFile options = new OptionsFile(new HashMap<>(), new HashMap<>());
    options.read(bytes(file, found), found);
    Path directory = file.toAbsolutePath().getParent();
    options.resolveFiles(JobOptions.KEY_CONFIG_FILES, directory);
    options.resolveFiles(JobOptions.INPUT_MAPPING, directory);
    found.forEach(
        problem ->
            problems.add(
                file.getFileName() + (problem.startsWith("line ") ? ", " : ": ") + problem));
    return options;
  }

  private static byte @Nullable [] bytes(Path file, List<String> problems) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      problems.add("no such file: " + file.toAbsolutePath() + "; check --config");
    } catch (IOException e) {
      problems.add("cannot be read: " + e.getMessage() + "; check --config");
    }
    return null;
  }

  private void read(byte @Nullable [] text, List<String> problems) {
    if (text == null) {
      return;
    }
    List<Node> documents = StrictText.read(text, MAX_BYTES, problems);
    if (documents.size() > 1) {
      problems.add(
          StrictText.at(documents.get(1).line(), "") + "a second document begins here; keep one");
    }
    if (documents.isEmpty() || !(documents.get(0) instanceof Node.Mapping mapping)) {
      if (problems.isEmpty()) {
        problems.add("line 1: has no options; write name: value lines (docs/configuration.md)");
      }
      return;
    }
    flatten("", mapping, problems);
  }

  private void flatten(String prefix, Node.Mapping mapping, List<String> problems) {
    mapping
        .entries()
        .forEach(
            (field, node) -> {
              String name = prefix + field;
              if (node instanceof Node.Mapping inner) {
                flatten(name + '.', inner, problems);
                return;
              }
              String value = text(name, node, problems);
              Integer first = value == null ? null : lines.putIfAbsent(name, node.line());
              if (first != null) {
                problem(name, node, "is also on line " + first + "; keep one", problems);
              } else if (value != null) {
                values.put(name, value);
              }
            });
  }

  /** The value as Flink's options parse it; null after adding a problem. */
  private static @Nullable String text(String name, Node node, List<String> problems) {
    if (node instanceof Scalar scalar) {
      return scalar(name, scalar, problems);
    }
    List<String> elements = new ArrayList<>();
    for (Node item : ((Node.Sequence) node).items()) {
      if (!(item instanceof Scalar scalar)) {
        problem(
            name, item, "a list contains " + item.shown() + "; list plain values only", problems);
        return null;
      }
      String element = scalar(name, scalar, problems);
      if (element == null) {
        return null;
      }
      elements.add(element);
    }
    return new Configuration().set(ANY_LIST, elements).toMap().get(ANY_LIST.key());
  }

  private static @Nullable String scalar(String name, Scalar scalar, List<String> problems) {
    String text = scalar.text();
    boolean isAsWritten =
        switch (scalar.kind()) {
          case TEXT -> true;
          case INTEGER -> INTEGER.matcher(text).matches();
          case OTHER_NUMBER -> DECIMAL.matcher(text).matches();
          case BOOLEAN -> text.equals("true") || text.equals("false");
          case NULL -> false;
        };
    if (isAsWritten) {
      return text;
    }
    // The value may be a password, so it is not shown.
    problem(
        name,
        scalar,
        switch (scalar.kind()) {
          case NULL -> "has no value; add one or remove the line";
          case BOOLEAN -> "write true or false in lower case, or put it in quotes";
          default -> "YAML would read this number differently; put it in quotes";
        },
        problems);
    return null;
  }

  private static void problem(String name, Node node, String what, List<String> problems) {
    problems.add(StrictText.at(node.line(), SafeText.of(name)) + what);
  }

  /** Relative paths of key-config files start at the options file's directory. */
  private void resolveFiles(ConfigOption<List<String>> option, Path directory) {
    String files = values.get(option.key());
    if (files != null) {
      Configuration configuration = Configuration.fromMap(Map.of(option.key(), files));
      List<String> resolved =
          configuration.get(option).stream()
              .map(file -> directory.resolve(file).toString())
              .toList();
      values.putAll(configuration.set(option, resolved).toMap());
    }
  }
}
