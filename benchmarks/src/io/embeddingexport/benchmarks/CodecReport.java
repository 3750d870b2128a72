package io.embeddingexport.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** Puts JMH's figures side by side: ratios first, for they travel between machines better. */
final class CodecReport {
  private final Map<String, Map<String, Double>> nanosByWorkload = new LinkedHashMap<>();

  CodecReport(Collection<RunResult> results) {
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      nanosByWorkload
          .computeIfAbsent(
              result.getParams().getParam("tensors"), workload -> new LinkedHashMap<>())
          .put(
              benchmark.substring(benchmark.lastIndexOf('.') + 1),
              result.getPrimaryResult().getScore());
    }
  }

  String text() {
    StringBuilder text =
        new StringBuilder("ratio      libthrift/export  export/template  export/copy\n");
    nanosByWorkload.forEach(
        (workload, nanos) ->
            text.append(
                line(
                    "%-9s  %16.2f  %15.2f  %11.2f",
                    workload,
                    nanos.get("libthrift") / nanos.get("export"),
                    nanos.get("export") / nanos.get("template"),
                    nanos.get("export") / nanos.get("copy"))));
    text.append("\nns/op        export  template  libthrift    copy\n");
    nanosByWorkload.forEach(
        (workload, nanos) ->
            text.append(
                line(
                    "%-9s  %8.1f  %8.1f  %9.1f  %6.1f",
                    workload,
                    nanos.get("export"),
                    nanos.get("template"),
                    nanos.get("libthrift"),
                    nanos.get("copy"))));
    return text.toString();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
