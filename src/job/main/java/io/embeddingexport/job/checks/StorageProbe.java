package io.embeddingexport.job.checks;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes, reads back and deletes a small file through Flink's file systems. A missing local
 * directory is not created: its nearest existing parent is tried.
 */
final class StorageProbe {
  private static final byte[] CONTENT = {'e', 'm', 'b', 'e', 'd', 'd', 'i', 'n', 'g', '\n'};

  private final String directory;

  StorageProbe(String directory) {
    this.directory = directory;
  }

  /** The failure; null: none. A file system that hangs is abandoned. */
  @Nullable Exception run(Duration timeout) throws InterruptedException {
    FutureTask<Void> probe =
        new FutureTask<>(
            () -> {
              tryIt();
              return null;
            });
    Thread thread = new Thread(probe, "storage-probe");
    thread.setDaemon(true);
    thread.start();
    try {
      probe.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      return new IOException("no answer within " + timeout.toMillis() + " ms", e);
    }
  }

  private void tryIt() throws IOException {
    Path wanted = new Path(directory);
    FileSystem files = wanted.getFileSystem();
    Path existing = files.isDistributedFS() ? wanted : nearest(wanted, files);
    Path file = new Path(existing, ".embedding-export-doctor-" + UUID.randomUUID());
    try {
      try (FSDataOutputStream out = files.create(file, FileSystem.WriteMode.NO_OVERWRITE)) {
        out.write(CONTENT);
      }
      try (FSDataInputStream in = files.open(file)) {
        if (!Arrays.equals(in.readAllBytes(), CONTENT)) {
          throw new IOException("a file read back from there differs");
        }
      }
    } finally {
      files.delete(file, false);
    }
  }

  private static Path nearest(Path wanted, FileSystem files) throws IOException {
    Path path = wanted;
    while (!files.exists(path) && path.getParent() != null) {
      path = path.getParent();
    }
    if (!files.getFileStatus(path).isDir()) {
      throw new IOException(path + " is a file");
    }
    return path;
  }
}
