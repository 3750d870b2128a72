package io.embeddingexport.chaos.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system in memory, of limited size. What is wrong with it is mounted over it, and taken
 * away again: files that are open stay so, as on a network file system that comes back.
 */
final class MountedDisk implements CheckpointDisk, AutoCloseable {
  private static final int MEGABYTES = 384;
  private static final String FILLER = "filler";

  private final Path path;
  private int covers;

  MountedDisk(Path path) throws IOException {
    this.path = Files.createDirectories(path).toRealPath();
    mount("-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "chaos", this.path.toString());
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void fill() {
    byte[] block = new byte[1 << 20];
    try (OutputStream filler = Files.newOutputStream(path.resolve(FILLER))) {
      for (int size = block.length; size > 0; ) {
        size = write(filler, block, size) ? size : size / 2;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("filling " + path, e);
    }
  }

  private static boolean write(OutputStream filler, byte[] block, int size) {
    try {
      filler.write(block, 0, size);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  @Override
  public void makeReadOnly() {
    mount("--bind", path.toString(), path.toString());
    covers++;
    mount("-o", "remount,ro,bind", path.toString());
  }

  @Override
  public void takeAway() {
    mount("-t", "tmpfs", "-o", "ro,size=4k", "chaos", path.toString());
    covers++;
  }

  @Override
  public void repair() {
    for (; covers > 0; covers--) {
      Shell.run("umount", "-l", path.toString());
    }
    try {
      Files.deleteIfExists(path.resolve(FILLER));
    } catch (IOException e) {
      throw new UncheckedIOException("freeing " + path, e);
    }
  }

  @Override
  public void close() {
    repair();
    Shell.works("umount", "-l", path.toString());
  }

  private static void mount(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "mount";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Shell.run(command);
  }
}
