package io.embeddingexport.benchmarks.pipeline;

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

  /**
   * @param only the contestants to run; empty: all
   * @param sizes names of the workloads to run; empty: all
   * @param rounds of each contestant; 0: the usual number
   * @param length of a run, as a multiple of the usual one
   * @param parallelism of each contestant, 1 or 2; 0: 2
   * @param profiles directory for a flight recording of each contestant; null: none are made
   * @return one for each workload
   */
  public static List<PipelineReport> run(
      boolean quick,
      Set<String> only,
      Set<String> sizes,
      int rounds,
      int length,
      int parallelism,
      @Nullable Path profiles)
      throws Exception {
    List<Contestant> contestants = new ArrayList<>(EnumSet.allOf(Contestant.class));
    contestants.removeIf(contestant -> !only.isEmpty() && !only.contains(contestant.id()));
    Path logs = Round.newLogs();
    List<PipelineReport> reports = new ArrayList<>();
    try (BenchmarkBroker broker = BenchmarkBroker.start();
        Topics topics = new Topics(broker.bootstrapServers())) {
      for (PipelineWorkload size : quick ? QUICK : FULL) {
        if (!sizes.isEmpty() && !sizes.contains(size.name())) {
          continue;
        }
        PipelineWorkload workload = size.longer(length);
        PipelineReport report = new PipelineReport(workload);
        Set<Input> inputs = EnumSet.noneOf(Input.class);
        contestants.forEach(contestant -> inputs.add(contestant.input()));
        for (Input input : inputs) {
          topics.fill(workload, input);
        }
        Round round =
            new Round(
                broker,
                topics,
                workload,
                parallelism == 0 ? Topics.PARTITIONS : parallelism,
                profiles,
                logs);
        for (int i = 0; i < (rounds > 0 ? rounds : quick ? 1 : 3); i++) {
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
        for (Input input : inputs) {
          topics.delete(Set.of(input.topic(workload)));
        }
        System.out.print(report.text());
        reports.add(report);
      }
    }
    return reports;
  }
}
