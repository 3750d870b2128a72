package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.it.SoakStep.Fault;
import io.embeddingexport.local.FlinkCluster;
import io.embeddingexport.local.JobProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** The real job, what it is sent, and what comes out of it. */
final class SoakRun implements AutoCloseable {
  private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");
  private static final int CONFIG_PARTITIONS = 3;

  private final Kafka kafka;
  private final FlinkCluster cluster;
  private final SoakTopics topics;
  private final SoakTraffic traffic;
  private final SoakOutcomes outcomes;
  private final CommittedReader reader;
  private @Nullable ExportJob job;
  private int kills;

  /**
   * @param mostEvents how many can be sent
   */
  SoakRun(Kafka kafka, FlinkCluster cluster, int mostEvents) {
    this.kafka = kafka;
    this.cluster = cluster;
    topics =
        new SoakTopics(
            kafka.createTopic("events", SoakEvent.PARTITIONS),
            kafka.createTopic("key-configs", CONFIG_PARTITIONS, COMPACTED),
            kafka.createTopic("records", 4),
            kafka.createTopic("own-records", 2),
            kafka.createTopic("letters", 2));
    traffic = new SoakTraffic(kafka, topics, mostEvents);
    outcomes = new SoakOutcomes(topics, traffic);
    reader = new CommittedReader(kafka, topics.outputs(), outcomes::take);
  }

  SoakTraffic traffic() {
    return traffic;
  }

  SoakOutcomes outcomes() {
    return outcomes;
  }

  /** TaskManagers killed so far. */
  int kills() {
    return kills;
  }

  /**
   * Starts the job.
   *
   * @param savepoint to start from; null: none
   */
  void start(int parallelism, @Nullable String savepoint) throws Exception {
    Map<String, String> options =
        ExportJob.options(
            kafka, topics.events(), topics.records(), topics.letters(), Path.of("none"));
    options.remove("key-config.files");
    options.put("key-config.topic", topics.configs());
    // No event is for a version that does not come.
    options.put("key-config.wait-timeout", "60 s");
    options.put("flink.parallelism.default", String.valueOf(parallelism));
    options.put("flink.execution.checkpointing.interval", "300 ms");
    options.put("flink.restart-strategy.fixed-delay.attempts", "30");
    job = ExportJob.start(cluster, options, savepoint);
  }

  /** How often tasks of the present job were started again. */
  int restarts() {
    return job.progress().restarts();
  }

  /** Waits until all but the last {@code ahead} events sent have come out. */
  void awaitOutcomes(int ahead) {
    int due = traffic.sent() - ahead;
    read("the outcomes of " + due + " events", () -> outcomes.accounted() >= due);
  }

  /** Waits until all that was sent has come out, refused key configs too. */
  void awaitAll() {
    awaitOutcomes(0);
    read(
        traffic.refused().size() + " letters of refused key configs",
        () -> outcomes.refusals() >= traffic.refused().size());
  }

  private void read(String what, BooleanSupplier holds) {
    try {
      reader.readUntil(
          what,
          () -> {
            JobProgress progress = job.progress();
            if (progress.hasFailed()) {
              throw new AssertionError("the job failed", progress.failure());
            }
            return holds.getAsBoolean();
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "; missing: " + outcomes.missing().first(), e);
    }
  }

  /** Waits until an instance stands still for a key config. */
  void awaitAWait() {
    await("an instance that waits for a key config")
        .atMost(Kafka.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(SoakRun::doesAnInstanceWait);
  }

  /** The cluster is in this process, so the stacks of its tasks can be seen. */
  private static boolean doesAnInstanceWait() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().equals("io.embeddingexport.flink.KeyConfigFollower")
                    && frame.getMethodName().equals("await"));
  }

  void inject(Fault fault) throws Exception {
    switch (fault) {
      case KILL, KILL_WHILE_WAITING -> cluster.replaceTaskManager(kills++);
      case KILL_BROKER -> {
        kafka.broker().kill();
        kafka.broker().restart();
      }
      case NONE -> {}
    }
  }

  /** Deletes the key-config topic, and creates it again, with nothing in it. */
  void createConfigTopicAnew() {
    kafka.delete(topics.configs());
    kafka.create(topics.configs(), CONFIG_PARTITIONS, COMPACTED);
  }

  /** Stops the job, and holds all that came out against all that was sent. */
  String stopAndCheck(Path savepoints) throws Exception {
    String savepoint = job.stopWithSavepoint(savepoints);
    job = null;
    reader.readToEnd();
    outcomes.requireAllRight();
    assertThat(savepoint).isNotNull();
    return savepoint;
  }

  @Override
  public void close() throws Exception {
    try (reader;
        traffic) {
      if (job != null) {
        job.close();
      }
    }
  }
}
