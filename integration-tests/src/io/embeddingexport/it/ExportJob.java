package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.local.FlinkCluster;
import io.embeddingexport.local.JobProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The job under test, running on a test's cluster. It ends with the test if it is closed.
 *
 * @param restartsFrom the savepoint it was started from; null: none
 */
record ExportJob(FlinkCluster cluster, JobID id, @Nullable String restartsFrom)
    implements AutoCloseable {

  /** Options of a quick test: a checkpoint every 200 ms, restarts at once but not for ever. */
  static Map<String, String> options(
      Kafka kafka, String input, String output, String deadLetters, Path keyConfigs) {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("input.topic", input);
    options.put("input.from", "earliest");
    options.put("input.group-id", "group-" + input);
    options.put("output.topic", output);
    options.put("output.transactional-id-prefix", "prefix-" + input);
    options.put("dead-letter.topic", deadLetters);
    options.put("key-config.files", keyConfigs.toString());
    options.putAll(timing());
    return options;
  }

  /** Options that make a test quick. */
  static Map<String, String> timing() {
    return Map.of(
        "flink.parallelism.default", "2",
        "flink.execution.checkpointing.interval", "200 ms",
        "flink.restart-strategy.type", "fixed-delay",
        "flink.restart-strategy.fixed-delay.attempts", "10",
        "flink.restart-strategy.fixed-delay.delay", "100 ms");
  }

  static ExportJob start(FlinkCluster cluster, Map<String, String> options) throws Exception {
    return start(cluster, options, null);
  }

  static ExportJob start(
      FlinkCluster cluster, Map<String, String> options, @Nullable String savepoint)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    ExportTopology.define(env, Configuration.fromMap(options));
    return new ExportJob(cluster, cluster.submit(env, "export-under-test", savepoint), savepoint);
  }

  JobProgress progress() {
    try {
      return cluster.progress(id);
    } catch (Exception e) {
      throw new AssertionError("Flink does not tell how the job stands", e);
    }
  }

  /** Waits for a status; a job that fails meanwhile fails the test with its reason. */
  void await(JobStatus status) {
    org.awaitility.Awaitility.await(status + " of the job")
        .atMost(Kafka.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              JobProgress progress = progress();
              if (progress.status() == JobStatus.FAILED && status != JobStatus.FAILED) {
                throw new AssertionError("the job failed", progress.failure());
              }
              return progress.status() == status;
            });
  }

  /** Waits until the job has completed {@code n} checkpoints more. */
  void awaitCheckpoints(int n) {
    long target = progress().checkpoints() + n;
    org.awaitility.Awaitility.await(n + " checkpoints")
        .atMost(Kafka.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> progress().checkpoints() >= target);
  }

  /** Waits until tasks have been started again {@code n} times. */
  void awaitRestarts(int n) {
    org.awaitility.Awaitility.await(n + " restarts")
        .atMost(Kafka.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> progress().restarts() >= n);
  }

  String stopWithSavepoint(Path directory) throws Exception {
    String savepoint = cluster.stopWithSavepoint(id, directory);
    await(JobStatus.FINISHED);
    assertThat(savepoint).isNotNull();
    return savepoint;
  }

  @Override
  public void close() throws Exception {
    if (!progress().status().isGloballyTerminalState()) {
      cluster.cancel(id);
    }
  }
}
