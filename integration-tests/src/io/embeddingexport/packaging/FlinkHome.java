package io.embeddingexport.packaging;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Flink distribution that commands are run in, as in a terminal: what a command exports is there
 * for the next one. The processes that the commands leave in the background end with this.
 */
final class FlinkHome implements AutoCloseable {
  /** What a process in the background may be. */
  static final List<String> KINDS = List.of("taskexecutor", "standalonejob", "standalonesession");

  /** Directories of jars. */
  private static final List<String> JARS = List.of("lib", "opt", "plugins");

  private final Path directory;
  private final Path exported;
  private final Thread atExit = new Thread(this::end, "end-flink");
  private int commands;

  private FlinkHome(Path directory) {
    this.directory = directory;
    this.exported = directory.resolve("exported.sh");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Makes a distribution of another: its jars are linked, the rest is copied.
   *
   * @param directory which does not exist yet
   */
  static FlinkHome create(Path distribution, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(distribution)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path relative = distribution.relativize(file);
        Path copy = directory.resolve(relative.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (!JARS.contains(relative.getName(0).toString()) || !isLinked(copy, file)) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    FlinkHome home = new FlinkHome(directory);
    // Not /tmp, where the scripts would take processes of others for theirs.
    home.export("FLINK_PID_DIR", home.pids().toString());
    return home;
  }

  /** Half a gigabyte need not be copied where both are on one disk. */
  private static boolean isLinked(Path link, Path file) {
    try {
      Files.createLink(link, file);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Sets a variable for the commands to come. */
  void export(String name, String value) throws IOException {
    Files.writeString(
        exported,
        "export %s='%s'%n".formatted(name, value),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Writes a file into the distribution's directory. */
  void write(String name, List<String> lines) throws IOException {
    Files.write(directory.resolve(name), lines);
  }

  /** Runs lines of bash, each of which must succeed, and returns what they print. */
  String run(String lines) throws IOException, InterruptedException {
    Path printed = directory.resolve("log").resolve("command-" + ++commands + ".txt");
    String script = ". '%s'\n%s\nexport -p >'%s'\n".formatted(exported, lines, exported);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euc", script)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLINK_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(
          lines + "has not ended after 5 min:\n" + Files.readString(printed) + newestLog());
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "%s%nended with %d:%n%s%n%s"
              .formatted(lines, process.exitValue(), Files.readString(printed), newestLog()));
    }
    return Files.readString(printed);
  }

  /** By name, what the background processes have logged or printed. */
  Map<String, List<String>> logs(String suffix) throws IOException {
    Map<String, List<String>> logs = new TreeMap<>();
    for (Path file : list(directory.resolve("log"))) {
      if (file.toString().endsWith(suffix)) {
        logs.put(file.getFileName().toString(), Files.readAllLines(file));
      }
    }
    return logs;
  }

  /** The background processes of a kind: {@code standalonejob}, {@code taskexecutor} … */
  List<ProcessHandle> processes(String kind) throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    for (Path file : list(pids())) {
      if (file.toString().endsWith("-" + kind + ".pid")) {
        for (String pid : Files.readAllLines(file)) {
          ProcessHandle.of(Long.parseLong(pid.strip()))
              .filter(ProcessHandle::isAlive)
              .ifPresent(processes::add);
        }
      }
    }
    return processes;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private void end() {
    try {
      for (String kind : KINDS) {
        for (ProcessHandle process : processes(kind)) {
          process.destroyForcibly();
          process.onExit().join();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path pids() {
    return directory.resolve("pids");
  }

  private String newestLog() throws IOException {
    StringBuilder text = new StringBuilder();
    logs(".log")
        .forEach(
            (name, lines) ->
                text.append(name)
                    .append(":\n")
                    .append(String.join("\n", last(lines)))
                    .append('\n'));
    return text.toString();
  }

  private static List<String> last(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - 30), lines.size());
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
