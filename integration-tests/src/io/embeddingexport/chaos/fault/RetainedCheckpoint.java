package io.embeddingexport.chaos.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds checkpoints on disk, as an operator does whose cluster is down. */
final class RetainedCheckpoint {
  static final String METADATA = "_metadata";
  private static final String PREFIX = "chk-";

  private RetainedCheckpoint() {}

  /** The newest complete one of a job. What the REST API says can be some seconds old. */
  static Path newestBeside(String known) {
    return allBeside(known).get(0);
  }

  static Path oldestBeside(String known) {
    List<Path> all = allBeside(known);
    return all.get(all.size() - 1);
  }

  /**
   * The complete ones of a job, the newest first; at least one.
   *
   * @param known path or URI of any checkpoint of the job
   */
  static List<Path> allBeside(String known) {
    Path directory = path(known).toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all =
          files
              .filter(path -> path.getFileName().toString().startsWith(PREFIX))
              .filter(path -> Files.exists(path.resolve(METADATA)))
              .sorted(Comparator.comparingLong(RetainedCheckpoint::number).reversed())
              .toList();
      if (all.isEmpty()) {
        throw new FaultException("no complete checkpoint is in " + directory);
      }
      return all;
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

  static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length()));
  }
}
