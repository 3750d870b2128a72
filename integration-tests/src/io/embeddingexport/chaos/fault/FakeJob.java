package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job that completes a checkpoint whenever one looks, and starts only from what it wrote. */
final class FakeJob implements SubmittedJob {
  static final String CONTENT = "all that the job knows";

  private final Path directory;
  private final List<String> calls;

  /** If there are any, the next answers of {@link #status()}. */
  final List<Status> statuses = new ArrayList<>();

  private boolean running = true;
  private int submissions = 1;
  private long checkpoints;

  FakeJob(Path directory, List<String> calls) {
    this.directory = directory;
    this.calls = calls;
  }

  @Override
  public void start(int parallelism) {
    calls.add("start " + parallelism);
  }

  @Override
  public void restore(String snapshot, int parallelism, Map<String, String> set) {
    calls.add("restore " + parallelism + " " + set);
    submissions++;
    checkpoints = 0;
    running = snapshot.equals("savepoint") || isWhole(Path.of(snapshot));
  }

  private static boolean isWhole(Path checkpoint) {
    try {
      return Files.readString(checkpoint.resolve("_metadata")).equals(CONTENT);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String stopWithSavepoint() {
    calls.add("stop");
    running = false;
    return "savepoint";
  }

  @Override
  public void cancel() {
    calls.add("cancel");
    running = false;
  }

  @Override
  public String runToEnd(Map<String, String> set) {
    calls.add("run " + new java.util.TreeMap<>(set));
    return "";
  }

  @Override
  public Optional<Status> status() {
    if (!statuses.isEmpty()) {
      return Optional.of(statuses.remove(0));
    }
    if (running) {
      checkpoints++;
    }
    Path checkpoint = directory.resolve("chk-" + checkpoints);
    try {
      Files.createDirectories(checkpoint);
      Files.writeString(checkpoint.resolve("_metadata"), CONTENT);
      Files.writeString(directory.resolve("completedCheckpoint0815"), CONTENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(status(running ? "RUNNING" : "FAILED", checkpoint.toString(), null));
  }

  Status status(String state, String checkpoint, String failure) {
    return new Status(
        "job-" + submissions, state, state.equals("RUNNING"), 0, checkpoints, checkpoint, failure);
  }
}
