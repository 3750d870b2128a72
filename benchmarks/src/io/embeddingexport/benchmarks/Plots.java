package io.embeddingexport.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Charts on disk, a file each. */
final class Plots {
  private Plots() {}

  static void write(Path directory, List<BarChart> charts) throws IOException {
    Files.createDirectories(directory);
    for (BarChart chart : charts) {
      Files.writeString(directory.resolve(chart.name() + ".svg"), chart.svg());
    }
  }
}
