package io.embeddingexport.chaos.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Flink 2.3 leaves behind of a job that could not be initialized, such as one restored from a
 * damaged checkpoint: {@code job-result-store/CLUSTER/JOB_DIRTY.json}, without the application id
 * that recovery demands. Every JobManager that takes over later ends itself over it ({@code
 * Application ID is missing in the recovered job result}), until someone deletes that file. All
 * else of the job is cleaned up by then.
 *
 * @param before files that were there before
 */
record LeftJobResults(Path storage, Set<Path> before) {
  private static final String DIRTY = "_DIRTY.json";

  /**
   * @param storage where the files of high availability are, at any depth
   */
  static LeftJobResults watch(Path storage) {
    return new LeftJobResults(storage, dirty(storage));
  }

  /** Deletes those that have come since, and returns them. */
  Set<Path> delete() {
    Set<Path> left = new HashSet<>(dirty(storage));
    left.removeAll(before);
    try {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + left, e);
    }
    return left;
  }

  private static Set<Path> dirty(Path storage) {
    try (Stream<Path> all = Files.walk(storage)) {
      return all.filter(path -> path.getFileName().toString().endsWith(DIRTY))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException("looking for job results below " + storage, e);
    }
  }
}
