package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.demo.FlinkCluster;
import io.embeddingexport.kafka.commit.OldCheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that is started from a savepoint although it has committed more since. */
@ExtendWith(SharedBroker.class)
class OldCheckpointIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private static final int ROUND = 300;

  private final Kafka kafka;
  private final String input;
  private final String output;
  private final Map<String, String> options;
  private final FlinkCluster cluster;
  private String older;
  private String newest;

  @TempDir private Path directory;

  OldCheckpointIT(Kafka kafka, @TempDir Path keys) throws Exception {
    this.kafka = kafka;
    this.input = kafka.createTopic("events", 2);
    this.output = kafka.createTopic("records", 2);
    this.options =
        ExportJob.options(
            kafka,
            input,
            output,
            kafka.createTopic("letters", 1),
            Events.write(keys, Events.keyConfig("m", 1, 7)));
    this.cluster = FlinkCluster.start(1, 4, 0);
  }

  @BeforeEach
  void takeTwoSavepoints() throws Exception {
    older = round(0, null);
    newest = round(ROUND, older);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  private String round(int first, String savepoint) throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      send(first);
      kafka.awaitCommitted(output, first + ROUND);
      return job.stopWithSavepoint(directory);
    }
  }

  @Test
  void givenTheNewestThenItGoesOn() throws Exception {
    round(2 * ROUND, newest);
    assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(0, 3 * ROUND));
  }

  @Test
  void givenAnOlderOneThenItFailsForGoodAndWritesNothing() throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options, older)) {
      job.await(JobStatus.FAILED);

      assertThat(job.progress().restarts()).as("restarts").isZero();
      OldCheckpointException failure =
          ExceptionUtils.findThrowable(job.progress().failure(), OldCheckpointException.class)
              .orElseThrow(() -> new AssertionError("another failure", job.progress().failure()));
      assertThat(failure)
          .hasMessageContaining("is not the newest: transaction prefix-" + input + "-")
          .hasMessageContaining("--set restore.accept-duplicates=true");
    }
    assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(0, 2 * ROUND));
    round(2 * ROUND, newest);
  }

  @Test
  void givenAnOlderOneAtAnotherParallelismThenItFailsToo() throws Exception {
    options.put("flink.parallelism.default", "1");
    try (ExportJob job = ExportJob.start(cluster, options, older)) {
      job.await(JobStatus.FAILED);
      assertThat(
              ExceptionUtils.findThrowable(job.progress().failure(), OldCheckpointException.class))
          .isPresent();
    }
  }

  @Test
  void givenDuplicatesAreAcceptedThenItWritesAgainWhatWasWrittenSince() throws Exception {
    options.put("restore.accept-duplicates", "true");
    try (ExportJob job = ExportJob.start(cluster, options, older)) {
      kafka.awaitCommitted(output, 3 * ROUND);
      job.awaitCheckpoints(1);
    }
    List<Integer> twice = new ArrayList<>(range(0, 2 * ROUND));
    twice.addAll(range(ROUND, 2 * ROUND));
    assertThat(numbers()).containsExactlyInAnyOrderElementsOf(twice);
  }

  /** Event i is of entity i and holds i; half of them go to each partition. */
  private void send(int first) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = first; i < first + ROUND; i++) {
      messages.add(
          new ProducerRecord<>(
              input, i % 2, new byte[] {(byte) (i % 20)}, Events.event("m", i, i, 0)));
    }
    kafka.send(messages);
  }

  private List<Integer> numbers() {
    return kafka.committed(output).stream()
        .map(record -> (int) Events.firstFloat(record.value()))
        .toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
