package io.embeddingexport.chaos.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node that is a JVM started by this one. Thread-safe. */
final class ProcessNode implements ClusterNode {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String name;
  private final Role role;
  private final Host host;
  private final Path directory;
  private final Launch launch;
  private final Ready ready;
  private volatile Process process;
  private long startedAt;
  private volatile boolean ended;

  /** Where in the log the present process begins. */
  private long logStart;

  /**
   * What is started.
   *
   * @param command Java's options, main class and arguments
   */
  record Launch(List<String> command, Map<String, String> environment) {}

  /** Whether a process serves. */
  interface Ready {
    /**
     * @param printed what the process has printed since its start
     */
    boolean isReady(String printed) throws Exception;
  }

  ProcessNode(String name, Role role, Host host, Path directory, Launch launch, Ready ready) {
    this.name = name;
    this.role = role;
    this.host = host;
    this.directory = directory;
    this.launch = launch;
    this.ready = ready;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Role role() {
    return role;
  }

  @Override
  public String address() {
    return host.address();
  }

  @Override
  public synchronized void start() {
    if (isRunning() || ended) {
      return;
    }
    List<String> words = new ArrayList<>(host.entry());
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Djava.io.tmpdir=" + temporary());
    words.addAll(launch.command());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(launch.environment());
    try {
      logStart = Files.exists(log()) ? Files.size(log()) : 0;
      startedAt = System.currentTimeMillis();
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("starting " + name, e);
    }
  }

  /** What a process that is killed leaves behind goes with the rest of the run. */
  private Path temporary() {
    try {
      return Files.createDirectories(directory.resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException("starting " + name, e);
    }
  }

  /** Whether it runs, and did at a time, in milliseconds since the epoch. */
  synchronized boolean runsSinceBefore(long time) {
    return isRunning() && startedAt <= time;
  }

  @Override
  public void awaitReady() {
    await(name + " to serve")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              if (!isRunning()) {
                throw new IllegalStateException(
                    name + " does not run:\n" + String.join("\n", lastLines(30)));
              }
              try {
                return ready.isReady(printed());
              } catch (Exception notYet) {
                return false;
              }
            });
  }

  private String printed() throws IOException {
    byte[] all = Files.readAllBytes(log());
    int from = (int) Math.min(logStart, all.length);
    return new String(all, from, all.length - from, UTF_8);
  }

  @Override
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Kills it for good: whoever would start it again does so in vain. */
  void end() {
    ended = true;
    Process present = process;
    if (present != null) {
      // Before the lock, which whoever waits for its end holds.
      present.destroyForcibly();
    }
    kill();
  }

  @Override
  public synchronized void stop() {
    if (!isRunning()) {
      return;
    }
    thaw();
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void freeze() {
    signal("-STOP");
  }

  @Override
  public void thaw() {
    signal("-CONT");
  }

  private synchronized void signal(String signal) {
    if (isRunning()) {
      // It may end at this very moment.
      Shell.works("kill", signal, Long.toString(process.pid()));
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
  public Path log() {
    return directory.resolve(name + ".log");
  }

  @Override
  public List<String> lastLines(int count) {
    try {
      List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
      return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
    } catch (IOException e) {
      return List.of(log() + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
