package io.embeddingexport.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, whose output goes to a file. */
public final class JavaProcess implements AutoCloseable {
  private final String name;
  private final Path output;
  private final Process process;
  private final Thread killer;

  private JavaProcess(String name, Path output, Process process) {
    this.name = name;
    this.output = output;
    this.process = process;
    // A test JVM that is told to end must not leave a cluster behind.
    this.killer = new Thread(process::destroyForcibly, "kill-" + name);
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /** Starts a JVM that works in {@code directory}, where its output goes. */
  public static JavaProcess start(
      String name, Path directory, Map<String, String> environment, List<String> command) {
    return start(name, directory, directory, environment, command);
  }

  /**
   * Starts a JVM.
   *
   * @param logs where its output goes
   * @param directory where it works
   * @param command options, main class and arguments
   */
  static JavaProcess start(
      String name,
      Path logs,
      Path directory,
      Map<String, String> environment,
      List<String> command) {
    Path output = logs.resolve(name + ".log");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    try {
      return new JavaProcess(name, output, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for it to end by itself, with status 0, and returns what it printed. */
  public String result() throws InterruptedException {
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      throw new AssertionError(name + " has not ended after 3 minutes:\n" + lastLines());
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + lastLines());
    }
    return output();
  }

  /** Asks it to end, as a service manager would, and returns its exit code. */
  int end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " has not ended after 30 s:\n" + lastLines());
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + lastLines());
    }
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of its output: a message of all of it hides what else has failed. */
  private String lastLines() {
    List<String> lines = output().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }

  /** Asks it to end, as a service manager would, and kills it if it has not after 30 s. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
