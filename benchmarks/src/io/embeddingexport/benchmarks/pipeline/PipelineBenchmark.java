package io.embeddingexport.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the contestants in turns, each in a process of its own, against one broker. In every other
 * round they run in the opposite order.
 */
public final class PipelineBenchmark {
  private static final List<PipelineWorkload> FULL =
      List.of(
          new PipelineWorkload("600B", 128, 3_000_000, 1_000_000),
          new PipelineWorkload("100B", 8, 4_000_000, 1_500_000),
          new PipelineWorkload("4KiB", 1000, 900_000, 300_000));
  private static final List<PipelineWorkload> QUICK =
      List.of(new PipelineWorkload("600B", 128, 900_000, 400_000));

  private PipelineBenchmark() {}

  /** Gives one report for each workload, and prints it. */
  public static List<PipelineReport> run(PipelineOptions options) throws Exception {
    List<Contestant> contestants = new ArrayList<>(EnumSet.allOf(Contestant.class));
    contestants.removeIf(contestant -> !options.takes(contestant));
    Path profiles = profiles(options);
    Path logs = Round.newLogs();
    List<PipelineReport> reports = new ArrayList<>();
    try (BenchmarkBroker broker = BenchmarkBroker.start();
        Topics topics = new Topics(broker.bootstrapServers(), options.partitions)) {
      for (PipelineWorkload size : options.quick ? QUICK : FULL) {
        if (!options.takes(size)) {
          continue;
        }
        PipelineWorkload workload = size.longer(options.length);
        PipelineReport report = new PipelineReport(workload);
        Set<BenchmarkInput> inputs = EnumSet.noneOf(BenchmarkInput.class);
        contestants.forEach(contestant -> inputs.add(contestant.input()));
        for (BenchmarkInput input : inputs) {
          topics.fill(workload, input);
        }
        Round round = new Round(broker, topics, workload, options.parallelism, profiles, logs);
        for (int i = 0; i < options.rounds(); i++) {
          for (Contestant contestant : contestants) {
            Measurement measurement = round.run(contestant);
            report.add(contestant, measurement);
            System.err.printf(
                Locale.ROOT,
                "%s round %d %-18s %,9.0f/s  %.2f µs%n",
                workload.name(),
                i + 1,
                contestant.id(),
                measurement.messagesPerSecond(),
                measurement.clientMicros());
          }
          Collections.reverse(contestants);
        }
        for (BenchmarkInput input : inputs) {
          topics.delete(Set.of(input.topic(workload)));
        }
        System.out.print(report.text());
        reports.add(report);
      }
    }
    return reports;
  }

  private static @Nullable Path profiles(PipelineOptions options) throws IOException {
    return options.profiles == null
        ? null
        : Files.createDirectories(options.profiles).toAbsolutePath();
  }
}
