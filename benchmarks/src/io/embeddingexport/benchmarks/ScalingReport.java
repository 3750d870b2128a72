package io.embeddingexport.benchmarks;

import io.embeddingexport.benchmarks.BarChart.Bar;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;

/** Nanoseconds an event, by what is scaled. */
final class ScalingReport {
  private ScalingReport() {}

  static BarChart chart(Collection<RunResult> results) {
    return new BarChart(
        "scaling",
        "From an event to its record, as things grow",
        "ns an event; models: 1x128; tensors: of 16 floats; dims: one tensor",
        0,
        results.stream()
            .map(
                result ->
                    Bar.of(
                        result.getParams().getParam("scale"),
                        result.getPrimaryResult().getScore(),
                        true))
            .toList());
  }
}
