package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.positions.StartRefusedException;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.util.ExceptionUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A topic that is deleted while the job reads it does not fill the log: Kafka's consumer warns of
 * each partition up to hundreds of times a second, without an end.
 */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class AbsentTopicsIT {
  /** With the end of the topic itself, which takes the broker a second or two. */
  private static final int MOST_WARNINGS = 20_000;

  private static final Duration QUIET = Duration.ofSeconds(3);

  private final Kafka kafka;
  private final FlinkCluster cluster;
  private HistoryInputs inputs;
  private String input;
  private String configs;
  private Map<String, String> options;

  AbsentTopicsIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  @BeforeEach
  void aJobOfManyPartitions(@TempDir Path directory) {
    input = kafka.createTopic("events", 16);
    configs = kafka.createTopic("configs", 1, Map.of("cleanup.policy", "compact"));
    String output = kafka.createTopic("records", 1);
    String deadLetters = kafka.createTopic("letters", 1);
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    options = ExportJob.options(kafka, input, output, deadLetters, keys);
    options.put("key-config.topic", configs);
    // Or the search for added partitions would notice first.
    options.put("input.discovery-interval", "1 h");
    inputs = new HistoryInputs(kafka, List.of(input), output, deadLetters);
    inputs.send(100, false);
  }

  @Test
  void anInputThatIsDeletedIsLeftAndItsSuccessorIsRefused() throws Exception {
    try (KafkaWarnings warnings = new KafkaWarnings();
        ExportJob job = ExportJob.start(cluster, options)) {
      inputs.awaitOut();
      kafka.delete(input);

      awaitQuiet(warnings);
      assertThat(job.progress().status()).isEqualTo(JobStatus.RUNNING);
      assertThat(warnings.lines()).hasSizeLessThan(MOST_WARNINGS);

      kafka.create(input, 16, Map.of());
      job.await(JobStatus.FAILED);
      assertThat(
              ExceptionUtils.findThrowable(job.progress().failure(), StartRefusedException.class))
          .get()
          .satisfies(
              refusal ->
                  assertThat(refusal)
                      .hasMessageContaining("topic " + input + " was re-created")
                      .hasMessageContaining("positions set"));
    }
  }

  @Test
  void aKeyConfigTopicThatIsDeletedIsAskedForNowAndThen() throws Exception {
    try (KafkaWarnings warnings = new KafkaWarnings();
        ExportJob job = ExportJob.start(cluster, options)) {
      inputs.awaitOut();
      kafka.delete(configs);

      awaitQuiet(warnings);
      assertThat(warnings.lines()).hasSizeLessThan(MOST_WARNINGS);
    }
  }

  private static void awaitQuiet(KafkaWarnings warnings) {
    int[] seen = {-1};
    Awaitility.await("no new warning of Kafka's consumers")
        .atMost(Kafka.PATIENCE)
        .during(QUIET)
        .until(
            () -> {
              int before = seen[0];
              seen[0] = warnings.lines().size();
              return seen[0] == before;
            });
  }
}
