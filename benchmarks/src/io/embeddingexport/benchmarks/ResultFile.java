package io.embeddingexport.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A benchmark's figures as JSON.
 *
 * @param figures records, whose components become fields
 */
record ResultFile(
    String benchmark, String measured, int cores, String system, String java, List<?> figures) {

  static void write(Path file, String benchmark, List<?> figures) throws IOException {
    ResultFile result =
        new ResultFile(
            benchmark,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            System.getProperty("java.version"),
            figures);
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), result);
  }
}
