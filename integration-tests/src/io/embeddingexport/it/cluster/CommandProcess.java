package io.embeddingexport.it.cluster;

import io.embeddingexport.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command in a process of its own, on the class path of {@code bin/embedding-export}. */
final class CommandProcess {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path TARGET = HOME.resolve("src/cli/target");

  /**
   * Starts a command in the project's directory.
   *
   * @param name of its log
   * @param logs where its output goes
   */
  static JavaProcess start(String name, Path logs, List<String> words) {
    return start(name, logs, Map.of(), words);
  }

  /**
   * Same as {@link #start(String, Path, List)}.
   *
   * @param environment variables besides this process's
   */
  static JavaProcess start(
      String name, Path logs, Map<String, String> environment, List<String> words) {
    List<String> java = new ArrayList<>();
    for (String opened : List.of("lang", "util", "time", "net", "util.concurrent")) {
      java.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    java.add("-Dembedding-export.home=" + HOME);
    java.add("-Dlog4j2.configurationFile=" + HOME.resolve("etc/log4j2-cli.properties"));
    java.add("-cp");
    java.add(classPath());
    java.add(Main.class.getName());
    java.addAll(words);
    return JavaProcess.start(name, logs, HOME, environment, java);
  }

  private static String classPath() {
    try {
      return String.join(
          ":",
          TARGET.resolve("classes").toString(),
          Files.readString(TARGET.resolve("classpath")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CommandProcess() {}
}
