package io.embeddingexport.benchmarks;

import io.embeddingexport.benchmarks.pipeline.LatencyBenchmark;
import io.embeddingexport.benchmarks.pipeline.PipelineBenchmark;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What {@code benchmarks/run} starts. */
public final class BenchmarkMain {
  private static final String USAGE =
      """
      usage: benchmarks/run codec [--quick] [--json FILE]
             benchmarks/run function [--quick]
             benchmarks/run pipeline [--quick] [--only CONTESTANT,...] [--sizes SIZE,...] [--rounds N]
             benchmarks/run latency [--quick]""";

  private BenchmarkMain() {}

  public static void main(String[] args) throws Exception {
    List<String> options = List.of(args);
    boolean quick = options.contains("--quick");
    int given = options.size() - (quick ? 1 : 0);
    int json = options.indexOf("--json");
    if (given == 1 && options.get(0).equals("function")) {
      function(quick);
    } else if (!options.isEmpty() && options.get(0).equals("pipeline")) {
      pipeline(quick, options);
    } else if (given == 1 && options.get(0).equals("latency")) {
      LatencyBenchmark.run(quick);
    } else if (!options.isEmpty()
        && options.get(0).equals("codec")
        && given == (json < 0 ? 1 : 3)
        && json != options.size() - 1) {
      codec(quick, json < 0 ? null : options.get(json + 1));
    } else {
      System.err.println(USAGE);
      System.exit(2);
    }
  }

  private static void codec(boolean quick, @Nullable String json) throws RunnerException {
    announce(quick ? 5 : 12);
    ChainedOptionsBuilder run =
        run(EncodeBenchmark.class, quick)
            .include(Base64Benchmark.class.getName())
            .include(LibThriftBenchmark.class.getName())
            .include(ReadBenchmark.class.getName())
            .addProfiler(GCProfiler.class)
            .forks(quick ? 1 : 2);
    if (json != null) {
      run.result(json).resultFormat(ResultFormatType.JSON);
    }
    System.out.print(new CodecReport(run(run)).text());
  }

  private static void function(boolean quick) throws RunnerException {
    announce(quick ? 2 : 8);
    FunctionReport report = new FunctionReport();
    for (int round = 0; round < (quick ? 3 : 11); round++) {
      report.add(run(run(FunctionBenchmark.class, quick).forks(1)));
    }
    System.out.print(report.text());
  }

  private static void pipeline(boolean quick, List<String> options) throws Exception {
    String rounds = value(options, "--rounds");
    PipelineBenchmark.run(
        quick,
        names(options, "--only"),
        names(options, "--sizes"),
        rounds == null ? 0 : Integer.parseInt(rounds));
  }

  private static Set<String> names(List<String> options, String name) {
    String value = value(options, name);
    return value == null ? Set.of() : Set.of(value.split(","));
  }

  private static @Nullable String value(List<String> options, String name) {
    int at = options.indexOf(name);
    return at < 0 ? null : options.get(at + 1);
  }

  private static void announce(int minutes) {
    System.err.println("benchmarking (about " + minutes + " minutes) …");
  }

  private static ChainedOptionsBuilder run(Class<?> benchmark, boolean quick) {
    return new OptionsBuilder()
        .include(benchmark.getName())
        .warmupIterations(quick ? 2 : 3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(quick ? 2 : 3)
        .measurementTime(TimeValue.seconds(1))
        .jvmArgs("-Xms512m", "-Xmx512m")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }
}
