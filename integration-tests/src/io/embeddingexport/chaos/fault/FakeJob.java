package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A job that completes a checkpoint whenever one looks, and starts only from what it wrote. */
final class FakeJob implements SubmittedJob {
  static final String CONTENT = "all that the job knows";

  private final Path directory;
  private final List<String> calls;

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
    submissions++;
    checkpoints = 0;
    running = true;
  }

  @Override
  public void restore(String snapshot, int parallelism) {
    calls.add("restore " + parallelism);
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
  public String savepoint() {
    calls.add("savepoint");
    return "savepoint";
  }

  @Override
  public Optional<Status> status() {
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
    return Optional.of(
        new Status(
            "job-" + submissions,
            running ? "RUNNING" : "FAILED",
            running,
            0,
            checkpoints,
            checkpoint.toString(),
            null));
  }

  /** The failure of a submission before the newest one. */
  @Override
  public Optional<Status> status(String id) {
    return Optional.of(
        new Status(id, "FAILED", false, 0, 1, null, "run 1 was superseded by run 2"));
  }
}
