package io.embeddingexport.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Clocks by libfaketime, which reads a host's offset from a file once a second.
 *
 * <p>Tried with a JVM 17 and Debian's 0.9.10: the library for threads (libfaketimeMT) never reads
 * the file again, and without {@code FAKETIME_FORCE_MONOTONIC_FIX=0} {@code Object.wait} returns at
 * once and the JVM spins on two cores. As set here waiting is right to the millisecond, and reading
 * the wall clock takes 0.1 µs longer.
 */
final class FaketimeClocks implements Clocks {
  private final Path library;
  private final Path directory;

  /** By the name of the node. */
  private final Map<String, Path> offsets = new HashMap<>();

  FaketimeClocks(Path library, Path directory) {
    this.library = library;
    this.directory = directory;
  }

  /** What a node's process must have in its environment. */
  Map<String, String> environment(String node) {
    Path offset = directory.resolve(node + ".clock");
    offsets.put(node, offset);
    write(offset, Duration.ZERO);
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        offset.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  /** Whether a node's clock can be shifted. */
  boolean has(ClusterNode node) {
    return offsets.containsKey(node.name());
  }

  @Override
  public void shift(ClusterNode node, Duration offset) {
    if (!has(node)) {
      throw new IllegalArgumentException("the clock of " + node.name() + " cannot be shifted");
    }
    write(offsets.get(node.name()), offset);
  }

  @Override
  public void heal() {
    offsets.values().forEach(file -> write(file, Duration.ZERO));
  }

  private static void write(Path file, Duration offset) {
    try {
      Files.writeString(file, "%+ds%n".formatted(offset.toSeconds()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
