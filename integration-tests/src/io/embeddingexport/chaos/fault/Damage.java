package io.embeddingexport.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * What can happen to a file. Each leaves a file that no reader can take for whole: Flink has no
 * checksums, and a flipped bit in the middle would be one of the state.
 */
enum Damage {
  OVERWRITTEN {
    @Override
    void write(Path file, byte[] before) throws IOException {
      byte[] junk = before.clone();
      Arrays.fill(junk, 0, Math.min(64, junk.length), (byte) 'x');
      Files.write(file, junk);
    }
  },
  CUT_IN_HALF {
    @Override
    void write(Path file, byte[] before) throws IOException {
      Files.write(file, Arrays.copyOf(before, before.length / 2));
    }
  },
  EMPTIED {
    @Override
    void write(Path file, byte[] before) throws IOException {
      Files.write(file, "".getBytes(UTF_8));
    }
  },
  DELETED {
    @Override
    void write(Path file, byte[] before) throws IOException {
      Files.delete(file);
    }
  };

  abstract void write(Path file, byte[] before) throws IOException;

  /** Undoes the damage. */
  interface Copy {
    void putBack();
  }

  /** Does it, and keeps a copy in memory. */
  Copy to(Path file) {
    try {
      byte[] before = Files.readAllBytes(file);
      write(file, before);
      return () -> putBack(file, before);
    } catch (IOException e) {
      throw new UncheckedIOException("damaging " + file, e);
    }
  }

  /** Never half a file: a JobManager may be reading it over and over. */
  private static void putBack(Path file, byte[] before) {
    Path beside = file.resolveSibling(file.getFileName() + ".back");
    try {
      Files.createDirectories(file.getParent());
      Files.write(beside, before);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("putting back " + file, e);
    }
  }
}
