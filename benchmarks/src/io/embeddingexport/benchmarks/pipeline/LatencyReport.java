package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.benchmarks.BarChart;
import io.embeddingexport.benchmarks.BarChart.Bar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How long records took to be visible, a line a profile. */
public final class LatencyReport {
  private final List<Line> lines = new ArrayList<>();

  /** Milliseconds. */
  public record Line(
      String profile, int records, double p50, double p99, double p999, double greatest) {
    String text() {
      return String.format(
          Locale.ROOT, "%-42s %9.1f %9.1f %9.1f %9.1f%n", profile, p50, p99, p999, greatest);
    }
  }

  /** Adds what was measured, and returns it as a line. */
  Line add(String profile, int[] micros) {
    int[] sorted = micros.clone();
    Arrays.sort(sorted);
    Line line =
        new Line(
            profile,
            sorted.length,
            millis(sorted, 0.5),
            millis(sorted, 0.99),
            millis(sorted, 0.999),
            millis(sorted, 1));
    lines.add(line);
    return line;
  }

  public List<Line> lines() {
    return lines;
  }

  /** The median as a bar, and on to p99 as its range. */
  public BarChart chart() {
    return new BarChart(
        "latency",
        "From an event to its visible record",
        "ms; the bar is the median, the line goes on to p99",
        0,
        lines.stream()
            .map(line -> new Bar(line.profile(), line.p50(), line.p50(), line.p99(), true))
            .toList());
  }

  private static double millis(int[] sortedMicros, double quantile) {
    int at = (int) Math.ceil(quantile * sortedMicros.length) - 1;
    return sortedMicros[Math.max(0, at)] / 1000.0;
  }
}
