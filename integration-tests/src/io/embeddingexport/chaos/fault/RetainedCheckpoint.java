package io.embeddingexport.chaos.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Finds checkpoints on disk, as an operator does whose cluster is down. */
final class RetainedCheckpoint {
  static final String METADATA = "_metadata";
  private static final String PREFIX = "chk-";

  private RetainedCheckpoint() {}

  /**
   * The newest complete one of a job. What the REST API says can be some seconds old.
   *
   * @param known path or URI of any checkpoint of the job
   */
  static Path newestBeside(String known) {
    Path directory = path(known).toAbsolutePath().getParent();
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .filter(path -> Files.exists(path.resolve(METADATA)))
          .max(Comparator.comparingLong(RetainedCheckpoint::number))
          .orElseThrow(() -> new FaultException("no complete checkpoint is in " + directory));
    } catch (IOException e) {
      throw new UncheckedIOException("looking for checkpoints in " + directory, e);
    }
  }

  /**
   * The file that a JobManager reads when it takes over: not the checkpoint's own metadata, but a
   * copy beside ZooKeeper's pointer.
   *
   * @param storage where the files of high availability are, at any depth
   */
  static Path newestForTakeover(Path storage) {
    try (Stream<Path> all = Files.walk(storage)) {
      return all.filter(path -> path.getFileName().toString().startsWith("completedCheckpoint"))
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(path -> path.toFile().lastModified()))
          .orElseThrow(() -> new FaultException("no completedCheckpoint* is below " + storage));
    } catch (IOException e) {
      throw new UncheckedIOException("looking for checkpoints below " + storage, e);
    }
  }

  private static Path path(String known) {
    return known.startsWith("file:") ? Path.of(URI.create(known).getPath()) : Path.of(known);
  }

  /**
   * @param checkpoint path or URI
   */
  static long number(String checkpoint) {
    return number(path(checkpoint));
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length()));
  }
}
