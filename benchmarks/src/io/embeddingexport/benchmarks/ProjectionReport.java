package io.embeddingexport.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;

/** How many times faster a row of one tensor is than one of all. */
final class ProjectionReport {
  private ProjectionReport() {}

  static String text(Collection<RunResult> results) {
    Map<Integer, Map<String, Double>> byFloats =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> Integer.valueOf(result.getParams().getParam("floats")),
                    TreeMap::new,
                    Collectors.toMap(
                        result -> result.getPrimaryResult().getLabel(),
                        result -> result.getPrimaryResult().getScore())));
    StringBuilder text = new StringBuilder();
    byFloats.forEach(
        (floats, scores) -> {
          double all = scores.get("all");
          double one = scores.get("one");
          text.append(
              String.format(
                  Locale.ROOT,
                  "100 x %-4d floats  one x %5.1f faster   one %8.0f ns   all %8.0f ns%n",
                  floats,
                  all / one,
                  one,
                  all));
        });
    return text.toString();
  }
}
