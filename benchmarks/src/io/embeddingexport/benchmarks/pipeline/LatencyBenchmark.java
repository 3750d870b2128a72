package io.embeddingexport.benchmarks.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How long after its event a record is visible to a {@code read_committed} consumer. */
public final class LatencyBenchmark {
  static final int PARTITIONS = 2;

  private static final int EVENTS_PER_SECOND = 20_000;
  private static final int STEADY_SECONDS = 15;
  private static final int PATIENCE_SECONDS = 120;
  private static final PipelineWorkload WORKLOAD = new PipelineWorkload("600B", 128, 0, 0);

  private LatencyBenchmark() {}

  public static LatencyReport run(boolean quick) throws Exception {
    List<LatencyProfile> profiles =
        List.of(
            LatencyProfile.exactlyOnce(100),
            LatencyProfile.exactlyOnce(1000),
            LatencyProfile.exactlyOnce(10_000),
            LatencyProfile.lowLatency());
    LatencyReport report = new LatencyReport();
    System.out.printf(
        "%,d events/s of 1x%d floats; ms from event to visible record%n%n%-42s %9s %9s %9s %9s%n",
        EVENTS_PER_SECOND, WORKLOAD.floats(), "", "p50", "p99", "p99.9", "greatest");
    Path logs = Round.newLogs();
    for (LatencyProfile profile : profiles) {
      // A broker of its own: what another profile left there must not count against this one.
      try (BenchmarkBroker broker = BenchmarkBroker.start();
          Topics topics = new Topics(broker.bootstrapServers(), PARTITIONS)) {
        int[] micros = measure(broker, topics, profile, quick, logs);
        System.out.print(report.add(profile.name(), micros).text());
      }
    }
    return report;
  }

  /**
   * While the job starts events pile up, and compiling takes the cores: reads until records come no
   * later than is to be expected, for a while.
   */
  private static void awaitSteady(LatencyProbe probe, LatencyProfile profile) {
    long expected = profile.expectedMillis() * 1000;
    int steady = 0;
    boolean running = false;
    for (int seconds = 0; steady < STEADY_SECONDS && seconds < PATIENCE_SECONDS; seconds++) {
      int[] micros = probe.read(Duration.ofSeconds(1));
      boolean late = Arrays.stream(micros).anyMatch(latency -> latency > expected);
      running |= micros.length > 0;
      steady = running && !late ? steady + 1 : 0;
    }
  }

  private static int[] measure(
      BenchmarkBroker broker, Topics topics, LatencyProfile profile, boolean quick, Path logs)
      throws Exception {
    String name = profile.name().replaceAll("[^a-z0-9]+", "-");
    ContestantSettings settings =
        new ContestantSettings(
            broker.bootstrapServers(),
            "events-" + name,
            "records-" + name,
            "dead-letters-" + name,
            "key-configs-" + name,
            WORKLOAD.floats(),
            PARTITIONS,
            profile.checkpointMillis(),
            profile.options());
    Set<String> names = Set.of(settings.input(), settings.output(), settings.deadLetters());
    for (String topic : names) {
      topics.create(topic, Map.of());
    }
    Duration measured = Duration.ofSeconds(quick ? 20 : 60);
    try (ContestantProcess job =
            ContestantProcess.start(Contestant.JOB, settings, List.of(), logs.resolve(name));
        LatencyProbe probe =
            new LatencyProbe(
                broker.bootstrapServers(),
                settings.input(),
                settings.output(),
                WORKLOAD.serialized(BenchmarkInput.THRIFT),
                EVENTS_PER_SECOND)) {
      probe.start();
      awaitSteady(probe, profile);
      int[] latencies = probe.read(measured);
      if (latencies.length < EVENTS_PER_SECOND * measured.toSeconds() / 2) {
        throw new IllegalStateException(
            profile.name() + ": only " + latencies.length + " records came; see " + logs);
      }
      job.usage();
      return latencies;
    }
  }
}
