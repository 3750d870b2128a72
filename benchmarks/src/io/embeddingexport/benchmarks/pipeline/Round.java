package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.benchmarks.pipeline.Measurement.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs contestants on one workload, whose input topics stand filled. */
final class Round {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long POLL_MILLIS = 20;
  private static final long CHECKPOINT_MILLIS = 1000;

  /** The last messages are left out: they leave in a batch that waits for more. */
  private static final double MEASURED = 0.97;

  private final BenchmarkBroker broker;
  private final Topics topics;
  private final PipelineWorkload workload;
  private final int parallelism;
  private final @Nullable Path profiles;
  private final Path logs;
  private int runs;

  /**
   * @param profiles directory for a flight recording of each contestant; null: none are made
   */
  Round(
      BenchmarkBroker broker,
      Topics topics,
      PipelineWorkload workload,
      int parallelism,
      @Nullable Path profiles,
      Path logs) {
    this.broker = broker;
    this.topics = topics;
    this.workload = workload;
    this.parallelism = parallelism;
    this.profiles = profiles;
    this.logs = logs;
  }

  Measurement run(Contestant contestant) throws Exception {
    String name = contestant.id() + "-" + workload.name() + "-" + ++runs;
    ContestantSettings settings =
        new ContestantSettings(
            broker.bootstrapServers(),
            contestant.input().topic(workload),
            "records-" + name,
            "dead-letters-" + name,
            "key-configs-" + name,
            workload.floats(),
            parallelism,
            CHECKPOINT_MILLIS,
            contestant.options());
    topics.create(settings.output(), Map.of());
    topics.create(settings.deadLetters(), Map.of());
    topics.create(settings.keyConfigTopic(), Map.of("cleanup.policy", "compact"));
    topics.put(settings.keyConfigTopic(), workload.keyConfigsJson(contestant.input().models()));
    Path log = logs.resolve(name + ".log");
    try (ContestantProcess process =
        ContestantProcess.start(contestant, settings, recording(name), log)) {
      Moment start = await(workload.warmUp(), settings.output(), process);
      Moment end = await((long) (workload.events() * MEASURED), settings.output(), process);
      requireNoDeadLetters(settings);
      return Measurement.between(start, end);
    } finally {
      topics.delete(Set.of(settings.output(), settings.deadLetters(), settings.keyConfigTopic()));
    }
  }

  private List<String> recording(String name) {
    return profiles == null
        ? List.of()
        : List.of(
            "-XX:StartFlightRecording=settings=profile,filename="
                + profiles.resolve(name + ".jfr"));
  }

  private Moment await(long messages, String topic, ContestantProcess process) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      long there = topics.messages(topic);
      if (there >= messages) {
        return new Moment(System.nanoTime(), there, process.usage(), broker.cpuNanos());
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            there + " of " + messages + " messages came on " + topic + "; see " + logs);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** A benchmark of rejects is worth nothing. */
  private void requireNoDeadLetters(ContestantSettings settings) throws Exception {
    // A transaction marker counts as a message, so only what is far more is looked at.
    if (topics.messages(settings.deadLetters()) > workload.events() / 100) {
      throw new IllegalStateException("the contestant wrote dead letters");
    }
  }

  static Path newLogs() throws IOException {
    return Files.createTempDirectory("benchmark-logs-");
  }
}
