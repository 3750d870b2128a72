package io.embeddingexport.job.options;

import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds and reads key-config files. Reports every problem of every file. */
public final class KeyConfigFiles {

  /**
   * Reads the key configs of these files.
   *
   * @param names files, or directories whose {@code .yaml}, {@code .yml} and {@code .json} files
   *     are read, in the order of their names
   * @param problems receives a sentence for each problem
   * @return the valid ones, one per model
   */
  public static List<KeyConfig> read(List<String> names, List<String> problems) {
    Map<String, Path> fileOfModel = new HashMap<>();
    List<KeyConfig> configs = new ArrayList<>();
    for (Path file : find(names, problems)) {
      for (KeyConfig config : parse(file, problems)) {
        Path first = fileOfModel.putIfAbsent(config.model(), file);
        if (first == null) {
          configs.add(config);
        } else {
          problems.add(
              "%s: model '%s' has a key config in %s; keep one"
                  .formatted(file, config.model(), first));
        }
      }
    }
    return configs;
  }

  private static List<Path> find(List<String> names, List<String> problems) {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      try {
        Path path = Path.of(name);
        List<Path> found = Files.isDirectory(path) ? inDirectory(path) : List.of(path);
        if (found.isEmpty()) {
          problems.add(path + ": the directory has no .yaml, .yml or .json file");
        }
        files.addAll(found);
      } catch (InvalidPathException | IOException e) {
        problems.add(name + ": cannot be read: " + e.getMessage());
      }
    }
    return files;
  }

  private static List<Path> inDirectory(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.(yaml|yml|json)"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static List<KeyConfig> parse(Path file, List<String> problems) {
    try {
      return KeyConfigParser.parseAll(file);
    } catch (InvalidKeyConfigException e) {
      e.problems().forEach(problem -> problems.add(file + ": " + problem));
    } catch (java.nio.file.NoSuchFileException e) {
      problems.add(file + ": no such file or directory");
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e.getMessage());
    }
    return List.of();
  }

  private KeyConfigFiles() {}
}
