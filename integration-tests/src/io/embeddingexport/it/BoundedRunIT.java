package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run between two positions exports what lies between them, commits it and ends. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class BoundedRunIT {
  private final Kafka kafka;
  private final FlinkCluster cluster;
  private String input;
  private String output;
  private Map<String, String> options;

  BoundedRunIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  /** Ten events on each of two partitions; event i has offset i and timestamp 1000 + i. */
  @BeforeEach
  void send(@TempDir Path directory) {
    input = kafka.createTopic("events", 2);
    output = kafka.createTopic("records", 1);
    Path keys = Events.write(directory, Events.keyConfig("m", 1, 7));
    options = ExportJob.options(kafka, input, output, kafka.createTopic("letters", 1), keys);
    send(0, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "earliest,                latest,                 0 10, 0 10",
    "earliest,                'offset:0=4,1=7',       0 4,  0 7",
    "'offset:0=2,1=9',        latest,                 2 10, 9 10",
    "earliest,                timestamp:1006,         0 6,  0 6",
    "timestamp:1003,          timestamp:1005,         3 5,  3 5",
    "timestamp:1008,          'offset:0=9,1=10',      8 9,  8 10",
  })
  void exportsFromOnePositionUntilTheOther(String from, String until, String of0, String of1)
      throws Exception {
    options.put("input.from", from);
    options.put("input.until", until);

    runToTheEnd();

    assertThat(exported()).containsExactlyInAnyOrderElementsOf(numbers(of0, of1));
  }

  @Test
  void givenRunsUntilLatestThenEachGoesOnWhereTheOneBeforeCommitted() throws Exception {
    options.put("input.until", "latest");

    runToTheEnd();
    send(10, 15);
    runToTheEnd();
    runToTheEnd();

    assertThat(exported()).containsExactlyInAnyOrderElementsOf(numbers("0 15", "0 15"));
  }

  /** In the second, one of the two slots has nothing left to read. */
  @ParameterizedTest
  @CsvSource({"'offset:0=20,1=20', 0 20, 0 20", "'offset:0=10,1=20', 0 10, 0 20"})
  void givenABoundedRunsSavepointThenTheNextEndsWhereTheFirstWouldHave(
      String until, String of0, String of1, @TempDir Path savepoints) throws Exception {
    options.put("input.until", until);
    String savepoint = stopOnceTheFirstTenAreExported(savepoints);
    send(10, 25);
    options.put("input.until", "latest");

    runToTheEnd(savepoint);
    runToTheEnd(savepoint);

    assertThat(exported()).containsExactlyInAnyOrderElementsOf(numbers(of0, of1));
  }

  @ParameterizedTest
  @CsvSource({"latest, 15", "'offset:*=12', 12", "timestamp:1013, 13", "'offset:*=4', 10"})
  void givenAnUnboundedRunsSavepointThenABoundedRunFromItEnds(
      String until, int end, @TempDir Path savepoints) throws Exception {
    String savepoint = stopOnceTheFirstTenAreExported(savepoints);
    send(10, 15);
    options.put("input.until", until);

    runToTheEnd(savepoint);

    String exported = "0 " + end;
    assertThat(exported()).containsExactlyInAnyOrderElementsOf(numbers(exported, exported));
  }

  /** Returns the savepoint. */
  private String stopOnceTheFirstTenAreExported(Path savepoints) throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      kafka.awaitCommitted(output, 20);
      // Flink declines a savepoint while the task of a slot that has read everything is closing.
      return await()
          .atMost(Kafka.PATIENCE)
          .ignoreException(CheckpointException.class)
          .until(() -> job.stopWithSavepoint(savepoints), Objects::nonNull);
    }
  }

  private void runToTheEnd(String savepoint) throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      job.await(JobStatus.FINISHED);
    }
  }

  private void runToTheEnd() throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.await(JobStatus.FINISHED);
    }
  }

  private void send(int from, int to) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (int partition = 0; partition < 2; partition++) {
        byte[] value = Events.event("m", i, number(partition, i), 0);
        messages.add(
            new ProducerRecord<>(
                input, partition, 1000L + i, ("k" + i).getBytes(UTF_8), value, List.of()));
      }
    }
    kafka.send(messages);
  }

  private List<Integer> exported() {
    return kafka.committed(output).stream()
        .map(record -> (int) Events.firstFloat(record.value()))
        .toList();
  }

  private static List<Integer> numbers(String... ranges) {
    List<Integer> numbers = new ArrayList<>();
    for (int partition = 0; partition < ranges.length; partition++) {
      String[] range = ranges[partition].split(" ", -1);
      for (int i = Integer.parseInt(range[0]); i < Integer.parseInt(range[1]); i++) {
        numbers.add(number(partition, i));
      }
    }
    return numbers;
  }

  private static int number(int partition, int i) {
    return 100 * partition + i;
  }
}
