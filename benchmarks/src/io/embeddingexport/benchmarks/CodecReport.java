package io.embeddingexport.benchmarks;

import io.embeddingexport.benchmarks.BarChart.Bar;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Puts JMH's figures side by side: ratios first, for they travel between machines better. */
final class CodecReport {
  private static final List<String> METHODS =
      List.of(
          "export",
          "arrays",
          "template",
          "copy",
          "libthrift",
          "libthriftTyped",
          "base64",
          "json",
          "avro",
          "protobuf",
          "avroLibrary",
          "protobufLibrary",
          "read",
          "libthriftRead");

  /** Those that make a record and nothing that outlives it. */
  private static final List<String> RECORDS =
      List.of("export", "arrays", "template", "libthrift", "base64", "json", "avro", "protobuf");

  private static final List<List<String>> RATIOS =
      List.of(
          List.of("export", "libthrift"),
          List.of("export", "libthriftTyped"),
          List.of("export", "copy"),
          List.of("arrays", "copy"),
          List.of("base64", "export"),
          List.of("json", "export"),
          List.of("avro", "export"),
          List.of("protobuf", "export"),
          List.of("avroLibrary", "avro"),
          List.of("protobufLibrary", "protobuf"),
          List.of("read", "libthriftRead"));

  private static final Map<String, String> TITLES =
      Map.of(
          "export", "this job, Thrift event",
          "base64", "this job, JSON with base64",
          "libthrift", "libthrift, raw",
          "libthriftTyped", "libthrift, list<double>",
          "copy", "array copy of the record");

  /** By workload and method; in the order of the workloads' parameters. */
  private final Map<String, Map<String, Cost>> costs = new LinkedHashMap<>();

  /**
   * @param bytes allocated
   */
  private record Cost(double nanos, double bytes) {}

  CodecReport(Collection<RunResult> results) {
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      costs
          .computeIfAbsent(
              result.getParams().getParam("tensors"), workload -> new LinkedHashMap<>())
          .put(
              benchmark.substring(benchmark.lastIndexOf('.') + 1),
              new Cost(result.getPrimaryResult().getScore(), allocated(result)));
    }
  }

  private static double allocated(RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    if (allocated == null) {
      throw new IllegalStateException("JMH has measured no allocation: " + result);
    }
    return allocated.getScore();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    ratios(text);
    table(text, "ns an operation", METHODS, "%.1f", Cost::nanos);
    allocation(text);
    return text.toString();
  }

  /** Nanoseconds of the ways to make a record, a chart a workload. */
  List<BarChart> charts() {
    return costs.entrySet().stream()
        .map(
            by ->
                new BarChart(
                    "codec-" + by.getKey(),
                    "From an event to its record, " + by.getKey(),
                    "ns; less is better",
                    0,
                    Stream.of("export", "base64", "libthrift", "libthriftTyped", "copy")
                        .filter(by.getValue()::containsKey)
                        .map(
                            method ->
                                Bar.of(
                                    TITLES.get(method),
                                    by.getValue().get(method).nanos(),
                                    method.equals("export") || method.equals("base64")))
                        .toList()))
        .toList();
  }

  private void ratios(StringBuilder text) {
    text.append(line("%-24s", "ratio"));
    cells(text, costs.keySet().stream().toList());
    for (List<String> ratio : RATIOS) {
      text.append(line("%-24s", ratio.get(0) + "/" + ratio.get(1)));
      cells(
          text,
          costs.values().stream()
              .map(
                  by ->
                      by.containsKey(ratio.get(0))
                          ? line(
                              "%.2f", by.get(ratio.get(0)).nanos() / by.get(ratio.get(1)).nanos())
                          : "-")
              .toList());
    }
  }

  private void allocation(StringBuilder text) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    costs
        .keySet()
        .forEach(
            workload ->
                sizes.put(workload, new WorkloadEvents(Workload.parse(workload)).record().length));
    text.append(line("%n%-24s", "bytes of the record"));
    cells(text, sizes.values().stream().map(Object::toString).toList());
    text.append("bytes allocated beyond these\n");
    for (String method : RECORDS) {
      row(text, method, (workload, cost) -> line("%.0f", cost.bytes() - sizes.get(workload)));
    }
  }

  private void table(
      StringBuilder text,
      String title,
      List<String> methods,
      String format,
      ToDoubleFunction<Cost> figure) {
    text.append(line("%n%-24s", title));
    cells(text, costs.keySet().stream().toList());
    for (String method : methods) {
      row(text, method, (workload, cost) -> line(format, figure.applyAsDouble(cost)));
    }
  }

  /** A cell a workload; a dash where the method does not do it. */
  private void row(StringBuilder text, String method, BiFunction<String, Cost, String> cell) {
    text.append(line("%-24s", method));
    cells(
        text,
        costs.entrySet().stream()
            .map(
                by ->
                    by.getValue().containsKey(method)
                        ? cell.apply(by.getKey(), by.getValue().get(method))
                        : "-")
            .toList());
  }

  private static void cells(StringBuilder text, List<String> cells) {
    cells.forEach(cell -> text.append(line("%11s", cell)));
    text.append('\n');
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
