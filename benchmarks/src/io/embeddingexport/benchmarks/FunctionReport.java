package io.embeddingexport.benchmarks;

import io.embeddingexport.flink.ExportFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/**
 * What following key configs and measuring records cost an event: in each round, one run of each
 * kind right after the other, so that what slows the machine slows both; of the rounds' ratios the
 * median and the range.
 */
final class FunctionReport {
  private static final List<String> KINDS = List.of("live", "updates", "measured");

  private final Map<String, Map<String, List<Double>>> nanos = new LinkedHashMap<>();

  void add(Collection<RunResult> round) {
    for (RunResult result : round) {
      nanos
          .computeIfAbsent(result.getParams().getParam("tensors"), w -> new LinkedHashMap<>())
          .computeIfAbsent(result.getParams().getParam("kind"), k -> new ArrayList<>())
          .add(result.getPrimaryResult().getScore());
    }
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            "to static  live                    updates (1,000/s)       measured, every record\n");
    nanos.forEach(
        (workload, byKind) -> {
          text.append(String.format(Locale.ROOT, "%-9s", workload));
          for (String kind : KINDS) {
            List<Double> ratios = ratios(byKind.get(kind), byKind.get("static"));
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %.3f (%.3f to %.3f)",
                    median(ratios),
                    ratios.get(0),
                    ratios.get(ratios.size() - 1)));
          }
          text.append('\n');
        });
    text.append("\nns/op        static      live   updates  measured    (medians)\n");
    nanos.forEach(
        (workload, byKind) -> {
          text.append(String.format(Locale.ROOT, "%-9s", workload));
          byKind.values().forEach(v -> text.append(String.format("  %8.1f", median(sorted(v)))));
          text.append('\n');
        });
    text.append("\none record in 1,024 measured costs\n");
    nanos.forEach(
        (workload, byKind) -> {
          double all = median(ratios(byKind.get("measured"), byKind.get("static"))) - 1;
          text.append(
              String.format(
                  Locale.ROOT,
                  "%-9s  %.2f %% of an event%n",
                  workload,
                  100 * all / ExportFunction.DEFAULT_SAMPLE_EVERY));
        });
    return text.toString();
  }

  private static List<Double> ratios(List<Double> of, List<Double> to) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      ratios.add(of.get(i) / to.get(i));
    }
    return sorted(ratios);
  }

  private static List<Double> sorted(List<Double> values) {
    return values.stream().sorted().toList();
  }

  private static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
