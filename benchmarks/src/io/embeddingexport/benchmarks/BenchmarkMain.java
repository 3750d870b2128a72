package io.embeddingexport.benchmarks;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What {@code benchmarks/run} starts: {@code codec [--quick] [--json FILE]}. */
public final class BenchmarkMain {
  private static final String USAGE = "usage: benchmarks/run codec [--quick] [--json FILE]";

  private BenchmarkMain() {}

  public static void main(String[] args) throws RunnerException {
    List<String> options = List.of(args);
    int json = options.indexOf("--json");
    int expected = 1 + (options.contains("--quick") ? 1 : 0) + (json < 0 ? 0 : 2);
    if (options.isEmpty()
        || !options.get(0).equals("codec")
        || options.size() != expected
        || json == options.size() - 1) {
      System.err.println(USAGE);
      System.exit(2);
    }
    boolean quick = options.contains("--quick");
    System.err.println("benchmarking (about " + (quick ? "1 minute" : "5 minutes") + ") …");
    ChainedOptionsBuilder run =
        new OptionsBuilder()
            .include(EncodeBenchmark.class.getName())
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : 3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 2 : 3)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgs("-Xms512m", "-Xmx512m")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (json >= 0) {
      run.result(options.get(json + 1)).resultFormat(ResultFormatType.JSON);
    }
    Collection<RunResult> results = new Runner(run.build()).run();
    System.out.print(new CodecReport(results).text());
  }
}
