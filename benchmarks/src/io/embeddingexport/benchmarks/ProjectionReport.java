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
    Map<String, Map<String, Double>> byCase =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result ->
                        String.format(
                            Locale.ROOT,
                            "100 x %3s floats, %-6s",
                            result.getParams().getParam("floats"),
                            result.getParams().getParam("from")),
                    TreeMap::new,
                    Collectors.toMap(
                        result -> result.getPrimaryResult().getLabel(),
                        result -> result.getPrimaryResult().getScore())));
    StringBuilder text = new StringBuilder();
    byCase.forEach(
        (name, scores) -> {
          double all = scores.get("all");
          double one = scores.get("one");
          text.append(
              String.format(
                  Locale.ROOT,
                  "%s  one is %5.1f x faster   one %8.0f ns   all %8.0f ns%n",
                  name,
                  all / one,
                  one,
                  all));
        });
    return text.toString();
  }
}
