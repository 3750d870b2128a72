package io.embeddingexport.it;

import io.embeddingexport.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** The command line, on the options of a job. */
final class Tool {
  private final Path config;

  /** What a command printed, and how it ended. */
  record Result(int exitCode, String out, String err) {}

  /**
   * @param config is written, with the job's options
   */
  Tool(Path config, Map<String, String> options) {
    this.config = config;
    StringBuilder yaml = new StringBuilder();
    new TreeMap<>(options)
        .forEach((key, value) -> yaml.append(key).append(": '").append(value).append("'\n"));
    try {
      Files.createDirectories(config.toAbsolutePath().getParent());
      Files.writeString(config, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command of this job in this process. */
  Result run(String... words) {
    CommandLine commandLine = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int exitCode = commandLine.execute(with(List.of(words)).toArray(String[]::new));
    return new Result(exitCode, out.toString(), err.toString());
  }

  /**
   * Starts a command of this job in a process of its own.
   *
   * @param log gets what it prints
   */
  Process start(Path log, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    for (String name : List.of("lang", "util", "time", "net", "util.concurrent")) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(with(Arrays.asList(words)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private List<String> with(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--config", config.toString()));
    return all;
  }
}
