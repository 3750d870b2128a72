package io.embeddingexport.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What compiling has cost this JVM: its own tools count no CPU time of threads that are not Java's.
 */
final class CompilerThreads {
  private static final Path THREADS = Path.of("/proc/self/task");

  /**
   * Fields of proc(5)'s stat with user and system time, counted after the name, which may hold
   * blanks.
   */
  private static final List<Integer> TIMES = List.of(11, 12);

  /** USER_HZ, which is 100 in every Linux that programs see. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** CPU time of the compiler threads that live, in ns; 0 where there is no Linux. */
  static long cpuNanos() {
    if (!Files.isDirectory(THREADS)) {
      return 0;
    }
    try (Stream<Path> threads = Files.list(THREADS)) {
      return threads.mapToLong(CompilerThreads::cpuNanos).sum();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long cpuNanos(Path thread) {
    String stat;
    try {
      stat = Files.readString(thread.resolve("stat"));
    } catch (IOException e) {
      return 0; // It has ended meanwhile.
    }
    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    if (!name.startsWith("C1 Comp") && !name.startsWith("C2 Comp")) {
      return 0;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return TIMES.stream().mapToLong(i -> Long.parseLong(fields[i])).sum() * NANOS_PER_TICK;
  }

  private CompilerThreads() {}
}
