package io.embeddingexport.benchmarks;

import io.embeddingexport.benchmarks.pipeline.LatencyBenchmark;
import io.embeddingexport.benchmarks.pipeline.LatencyReport;
import io.embeddingexport.benchmarks.pipeline.PipelineBenchmark;
import io.embeddingexport.benchmarks.pipeline.PipelineOptions;
import io.embeddingexport.benchmarks.pipeline.PipelineReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code benchmarks/run} starts. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "codec|function|scaling|projection|pipeline|latency",
    description = "Measures, and prints ratios first.")
public final class BenchmarkMain {
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchmarkMain()).execute(arguments));
  }

  /** Where the figures go, besides to standard output. */
  static final class Results {
    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there, too")
    private @Nullable Path json;

    @Option(names = "--svg", paramLabel = "DIR", description = "Writes plots there")
    private @Nullable Path svg;
  }

  @Command(name = "codec", description = "Events to records and back, one a time (20 min)")
  void codec(
      @Option(names = "--quick", description = "Fewer repetitions (5 min)") boolean quick,
      @CommandLine.Mixin Results results)
      throws RunnerException, IOException {
    ChainedOptionsBuilder run =
        run(EncodeBenchmark.class, quick)
            .include(Base64Benchmark.class.getName())
            .include(LibThriftBenchmark.class.getName())
            .include(FormatBenchmark.class.getName())
            .include(ReadBenchmark.class.getName())
            .addProfiler(GCProfiler.class)
            .forks(quick ? 1 : 2);
    if (results.json != null) {
      run.result(results.json.toString()).resultFormat(ResultFormatType.JSON);
    }
    CodecReport report = new CodecReport(run(run));
    System.out.print(report.text());
    if (results.svg != null) {
      Plots.write(results.svg, report.charts());
    }
  }

  @Command(
      name = "function",
      description = "What following key configs, and metrics, cost an event (11 min)")
  void function(@Option(names = "--quick", description = "Fewer rounds (3 min)") boolean quick)
      throws RunnerException {
    FunctionReport report = new FunctionReport();
    for (int round = 0; round < (quick ? 3 : 11); round++) {
      report.add(run(run(FunctionBenchmark.class, quick).forks(1)));
    }
    System.out.print(report.text());
  }

  @Command(name = "scaling", description = "More models, tensors, dimensions (3 min)")
  void scaling(
      @Option(names = "--quick", description = "Fewer repetitions (1 min)") boolean quick,
      @CommandLine.Mixin Results results)
      throws RunnerException, IOException {
    ChainedOptionsBuilder run = run(ScalingBenchmark.class, quick).forks(quick ? 1 : 2);
    if (results.json != null) {
      run.result(results.json.toString()).resultFormat(ResultFormatType.JSON);
    }
    BarChart chart = ScalingReport.chart(run(run));
    chart
        .bars()
        .forEach(
            bar -> System.out.printf(Locale.ROOT, "%-14s %9.1f ns%n", bar.label(), bar.value()));
    if (results.svg != null) {
      Plots.write(results.svg, List.of(chart));
    }
  }

  @Command(name = "projection", description = "SQL: one of 100 tensors, and all (3 min)")
  void projection(@Option(names = "--quick", description = "Fewer repetitions") boolean quick)
      throws RunnerException {
    ChainedOptionsBuilder run = run(ProjectionBenchmark.class, quick).forks(quick ? 1 : 2);
    System.out.print(ProjectionReport.text(run(run)));
  }

  @Command(name = "pipeline", description = "Whole pipelines against each other (45 min)")
  void pipeline(@CommandLine.Mixin PipelineOptions options, @CommandLine.Mixin Results results)
      throws Exception {
    List<PipelineReport> reports = PipelineBenchmark.run(options);
    if (results.json != null) {
      ResultFile.write(
          results.json,
          "pipeline",
          reports.stream().flatMap(report -> report.figures().stream()).toList());
    }
    if (results.svg != null) {
      Plots.write(
          results.svg, reports.stream().flatMap(report -> report.charts().stream()).toList());
    }
  }

  @Command(name = "latency", description = "From an event to its visible record (7 min)")
  void latency(
      @Option(names = "--quick", description = "Shorter (3 min)") boolean quick,
      @CommandLine.Mixin Results results)
      throws Exception {
    LatencyReport report = LatencyBenchmark.run(quick);
    if (results.json != null) {
      ResultFile.write(results.json, "latency", report.lines());
    }
    if (results.svg != null) {
      Plots.write(results.svg, List.of(report.chart()));
    }
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
