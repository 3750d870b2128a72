package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.job.options.Backfill;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A range that is exported once more beside the job: each input of it once, whatever happens. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class BackfillIT {
  private final Kafka kafka;
  private final FlinkCluster cluster;
  @TempDir private Path directory;
  private String input;
  private String output;
  private String ofN;
  private String letters;
  private String again;
  private Map<String, String> options;
  private GroupOffsets live;

  BackfillIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  /** The records of model n have a topic of their own. */
  @BeforeEach
  void create() {
    input = kafka.createTopic("events", 2);
    output = kafka.createTopic("records", 1);
    ofN = kafka.createTopic("records-of-n", 1);
    // Preflight asks for this size.
    letters = kafka.createTopic("letters", 1, Map.of("max.message.bytes", "1114124"));
    again = kafka.createTopic("again", 1);
    Path keys =
        Events.write(
            directory.resolve("keys"),
            Events.keyConfig("m", 1, 7),
            Events.keyConfig("n", 1, 8) + "output-topic: " + ofN + "\n");
    options = ExportJob.options(kafka, input, output, letters, keys);
    live = new GroupOffsets(kafka, options.get("input.group-id"));
  }

  @Test
  void killedAndStartedAgainItExportsEachInputOnceAndLeavesTheJobsPositionsAlone()
      throws Exception {
    send(0, 100);
    try (ExportJob job = ExportJob.start(cluster, options)) {
      kafka.awaitCommitted(output, 100);
      kafka.awaitCommitted(ofN, 100);
      Map<TopicPartition, OffsetAndMetadata> before = live.committed();
      String[] command = {
        "backfill",
        "--from",
        "offset:0=20,1=30",
        "--until",
        "offset:0=150,1=160",
        "--output-topic",
        again
      };
      Path log = directory.resolve("backfill.log");
      Process first = tool().start(log, command);
      try {
        // It has come to the end of what there is, and waits for the rest of its range.
        awaitCommitted(again, 80 + 70, first, log);
      } finally {
        first.destroyForcibly().onExit().join();
      }
      assertThat(live.committed()).isEqualTo(before);

      send(100, 200);
      assertThat(exitCode(tool().start(log, command))).as(text(log)).isZero();

      List<Integer> range = numbers(0, 20, 150);
      range.addAll(numbers(1, 30, 160));
      assertThat(exported(again)).containsExactlyInAnyOrderElementsOf(range);

      assertThat(exitCode(tool().start(log, command))).isZero();
      assertThat(text(log)).contains("nothing left: the range is exported");
      assertThat(exported(again)).hasSize(range.size());

      kafka.awaitCommitted(output, 200);
      kafka.awaitCommitted(ofN, 200);
      await().atMost(Kafka.PATIENCE).until(() -> live.of(input).equals(Map.of(0, 200L, 1, 200L)));
      assertThat(job.progress().restarts()).isZero();
    }
    assertThat(exported(output)).hasSize(200);
    assertThat(exported(ofN)).hasSize(200);
  }

  @Test
  void ofOneModelEverythingElseIsSkippedAndNoDeadLetterComesTwice() throws Exception {
    send(0, 10);
    kafka.send(
        List.of(
            new ProducerRecord<>(input, 0, "k".getBytes(UTF_8), new byte[] {99}),
            new ProducerRecord<>(input, 0, "k".getBytes(UTF_8), null),
            new ProducerRecord<>(input, 1, "k".getBytes(UTF_8), Events.event("x", 1, 1, 1))));
    options.put("input.until", "latest");
    runToTheEnd(options);
    options.remove("input.until");
    int lettersBefore = kafka.committed(letters).size();
    Map<TopicPartition, OffsetAndMetadata> before = live.committed();

    runToTheEnd(
        new Backfill("earliest", "offset:*=11", List.of("n"), null, "once")
            .options(JobConfiguration.of(Configuration.fromMap(options)))
            .toMap());

    assertThat(lettersBefore).isEqualTo(2);
    assertThat(kafka.committed(letters)).hasSize(lettersBefore);
    assertThat(exported(output)).hasSize(10 + 1);
    assertThat(exported(ofN)).hasSize(2 * 10);
    assertThat(live.committed()).isEqualTo(before);
    assertThat(new GroupOffsets(kafka, live.group() + ".backfill.once").of(input))
        .isEqualTo(Map.of(0, 11L, 1, 11L));
  }

  private Tool tool() {
    return new Tool(directory.resolve("job.yaml"), options);
  }

  private static int exitCode(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(Kafka.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("the command ends")
          .isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private void awaitCommitted(String topic, int count, Process process, Path log) {
    await(count + " records on " + topic)
        .atMost(Kafka.PATIENCE)
        .until(
            () -> {
              assertThat(process.isAlive()).as(text(log)).isTrue();
              return kafka.committed(topic).size() >= count;
            });
  }

  private static String text(Path log) throws Exception {
    return Files.readString(log);
  }

  private void runToTheEnd(Map<String, String> options) throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.await(JobStatus.FINISHED);
    }
  }

  /** Events of both models in turn, from one number to another, on each partition. */
  private void send(int from, int to) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (int partition = 0; partition < 2; partition++) {
        String model = i % 2 == 0 ? "m" : "n";
        byte[] value = Events.event(model, i, number(partition, i), 0);
        messages.add(new ProducerRecord<>(input, partition, ("k" + i).getBytes(UTF_8), value));
      }
    }
    kafka.send(messages);
  }

  private List<Integer> exported(String topic) {
    return kafka.committed(topic).stream()
        .map(record -> record.value() == null ? -1 : (int) Events.firstFloat(record.value()))
        .toList();
  }

  private static List<Integer> numbers(int partition, int from, int to) {
    return new ArrayList<>(IntStream.range(from, to).mapToObj(i -> number(partition, i)).toList());
  }

  private static int number(int partition, int i) {
    return 1000 * partition + i;
  }
}
