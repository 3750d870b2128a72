package io.embeddingexport.flink;

import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.Outcome;
import org.jspecify.annotations.Nullable;

/** The export in one operator instance: decides, counts and now and then times. Not thread-safe. */
final class RunningExport {
  private final Exporter exporter;
  private final ExportMetrics metrics;

  RunningExport(Exporter exporter, ExportMetrics metrics) {
    this.exporter = exporter;
    this.metrics = metrics;
  }

  /** As {@link Exporter#export(byte[], boolean, int)}. */
  Outcome export(byte @Nullable [] value, boolean hasKey, int carriedBytes) {
    Outcome outcome =
        metrics.timesNext()
            ? timed(value, hasKey, carriedBytes)
            : exporter.export(value, hasKey, carriedBytes);
    metrics.count(outcome);
    return outcome;
  }

  private Outcome timed(byte @Nullable [] value, boolean hasKey, int carriedBytes) {
    long start = System.nanoTime();
    Outcome outcome = exporter.export(value, hasKey, carriedBytes);
    metrics.took(System.nanoTime() - start);
    return outcome;
  }
}
