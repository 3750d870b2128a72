package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code positions show, adopt} and {@code set}, and what the next start makes of it. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class PositionsCommandIT {
  private final Kafka kafka;
  private final FlinkCluster cluster;
  @TempDir private Path directory;
  private String input;
  private String output;
  private Map<String, String> options;
  private GroupOffsets group;

  PositionsCommandIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  /** Ten events on each of two partitions; event i has offset i. */
  @BeforeEach
  void send() {
    input = kafka.createTopic("events", 2);
    output = kafka.createTopic("records", 1);
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    options = ExportJob.options(kafka, input, output, kafka.createTopic("letters", 1), keys);
    group = new GroupOffsets(kafka, options.get("input.group-id"));
    send(0, 10);
  }

  @Test
  void showSaysWhereTheJobStandsAndThatAStartGoesOn() throws Exception {
    assertThat(positions("show").out()).contains("new, starts at 0", "a start continues there");

    runToTheEnd();
    send(10, 13);

    Tool.Result shown = positions("show", "--json");
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(shown.out());
    assertThat(report.get("starts").asBoolean()).isTrue();
    assertThat(report.get("partitions")).hasSize(2);
    for (JsonNode partition : report.get("partitions")) {
      assertThat(partition.get("position").asLong()).isEqualTo(10);
      assertThat(partition.get("lag").asLong()).isEqualTo(3);
      assertThat(partition.get("state").asText()).isEqualTo("position");
      assertThat(partition.get("start").asLong()).isEqualTo(10);
    }
    assertThat(positions("show").out())
        .containsPattern("(?m)^" + input + "-0 +10 +0 +13 +3  [0-9a-f]{12}  20\\S+  ok$");
  }

  @Test
  void whatSomebodyElseCommittedIsRefusedUntilItIsAdopted() throws Exception {
    runToTheEnd();
    group.commit(input, Map.of(1, 7L));

    Tool.Result refused = positions("show");
    assertThat(refused.exitCode()).isEqualTo(1);
    String sentence =
        refused
            .out()
            .lines()
            .filter(line -> line.contains("7 of group"))
            .findFirst()
            .orElseThrow()
            .strip();
    assertThat(sentence).contains("something else committed it", "positions adopt --config FILE");
    assertThat(startIsRefused()).contains(sentence);

    Tool.Result dryRun = positions("adopt");
    assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
    assertThat(dryRun.out())
        .contains(
            input + "-0: 10, is already this job's position",
            input + "-1: 7, committed by something else, becomes this job's position",
            "dry run: nothing is committed");
    assertThat(positions("show").exitCode()).isEqualTo(1);

    assertThat(positions("adopt", "--yes").out()).contains("the next start continues there");

    assertThat(positions("show").exitCode()).isZero();
    runToTheEnd();
    assertExported("0 10", "0 10 7 10");
  }

  @Test
  void thePositionsOfAnotherPrefixAreAdoptedAndItsTransactionsAborted() throws Exception {
    runToTheEnd();
    String before = options.put("output.transactional-id-prefix", "renamed-" + input);
    assertThat(startIsRefused()).contains("output.transactional-id-prefix " + before);
    // Earlier releases named their ids so.
    try (KafkaProducer<byte[], byte[]> left = producer(before + "-0-4711")) {
      left.initTransactions();
      left.beginTransaction();
      left.send(new ProducerRecord<>(output, new byte[] {1})).get();
      assertThat(positions("adopt").out())
          .contains("aborts open transactions: " + before + "-0-4711");

      Tool.Result adopted = positions("adopt", "--yes");

      assertThat(adopted.exitCode()).as(adopted.err()).isZero();
      assertThatThrownBy(left::commitTransaction).isInstanceOf(ProducerFencedException.class);
      left.close(Duration.ZERO);
    }
    send(10, 12);
    runToTheEnd();
    assertExported("0 12", "0 12");
  }

  @Test
  void whatTheGroupHasNotCommittedCannotBeAdopted() {
    Tool.Result nothing = positions("adopt", "--yes");
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("there is nothing to adopt");

    group.commit(input, Map.of(0, 5L));
    Tool.Result part = positions("adopt", "--yes");
    assertThat(part.exitCode()).isEqualTo(1);
    assertThat(part.err())
        .contains(input + "-1: nothing is committed for it", "offset:" + input + ":1=");

    assertThat(positions("set", "--to", "offset:1=6", "--yes").exitCode()).isZero();
    assertThat(positions("adopt", "--yes").exitCode()).isZero();
    assertThat(group.of(input)).isEqualTo(Map.of(0, 5L, 1, 6L));
    assertThat(positions("show").exitCode()).isZero();
  }

  @Test
  void theNextStartGoesOnWherePositionsAreSet() throws Exception {
    runToTheEnd();

    Tool.Result dryRun = positions("set", "--to", "offset:0=4,1=8");
    assertThat(dryRun.out())
        .contains(
            input + "-0: 10 → 4, repeats 6 offsets",
            input + "-1: 10 → 8, repeats 2 offsets",
            "stop the job first");
    assertThat(group.of(input)).isEqualTo(Map.of(0, 10L, 1, 10L));

    assertThat(positions("set", "--to", "offset:0=4,1=8", "--yes").exitCode()).isZero();
    runToTheEnd();
    assertExported("0 10 4 10", "0 10 8 10");

    send(10, 15);
    assertThat(positions("set", "--to", "latest", "--partition", input + ":1", "--yes").out())
        .contains(input + "-0: 10 stays (not chosen)", input + "-1: 10 → 15, skips 5 offsets");
    runToTheEnd();
    assertExported("0 15 4 10", "0 10 8 10");
  }

  @Test
  void aNewGroupStartsWherePositionsAreSet() throws Exception {
    Tool.Result part = positions("set", "--to", "offset:0=4", "--yes");
    assertThat(part.exitCode()).isEqualTo(1);
    assertThat(part.err()).contains(input + "-1: has no position, and none is given");
    assertThat(positions("set", "--to", "offset:0=11", "--yes").err())
        .contains("11 is outside the partition, which has 0 to 10");

    assertThat(positions("set", "--to", "offset:0=4,*=9", "--yes").exitCode()).isZero();
    runToTheEnd();

    assertExported("4 10", "9 10");
  }

  @Test
  void aJobThatRunsIsFencedAndFailsForGood() throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      kafka.awaitCommitted(output, 20);
      assertThat(positions("set", "--to", "earliest", "--yes").exitCode()).isZero();
      send(10, 11);
      job.await(JobStatus.FAILED);
      assertThat(job.progress().failure()).hasStackTraceContaining("was superseded by run");
    }
    runToTheEnd();
    assertExported("0 10 0 11", "0 10 0 11");
  }

  @Test
  void positionsAreSetToWhereASavepointStood() throws Exception {
    String savepoint;
    try (ExportJob job = ExportJob.start(cluster, options)) {
      kafka.awaitCommitted(output, 20);
      savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
    }
    send(10, 13);
    runToTheEnd();

    Tool.Result set = positions("set", "--savepoint", savepoint, "--yes");

    assertThat(set.exitCode()).as(set.err()).isZero();
    assertThat(set.out())
        .contains(
            input + "-0: 13 → 10, repeats 3 offsets", input + "-1: 13 → 10, repeats 3 offsets");
    runToTheEnd();
    assertExported("0 13 10 13", "0 13 10 13");
    assertThat(positions("set", "--savepoint", directory.toString()).err())
        .contains("--savepoint:", "nothing is committed");
  }

  private Tool.Result positions(String... words) {
    List<String> all = new ArrayList<>(List.of("positions"));
    all.addAll(List.of(words));
    return new Tool(directory.resolve("job.yaml"), options).run(all.toArray(String[]::new));
  }

  /** Why a job with these options fails at its start. */
  private String startIsRefused() throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.await(JobStatus.FAILED);
      Throwable failure = job.progress().failure();
      StringBuilder text = new StringBuilder();
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        text.append(cause.getMessage()).append('\n');
      }
      return text.toString();
    }
  }

  private void runToTheEnd() throws Exception {
    options.put("input.until", "latest");
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.await(JobStatus.FINISHED);
    }
    options.remove("input.until");
  }

  private KafkaProducer<byte[], byte[]> producer(String transactionalId) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", transactionalId),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void send(int from, int to) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (int partition = 0; partition < 2; partition++) {
        byte[] value = Events.event("m", i, number(partition, i), 0);
        messages.add(new ProducerRecord<>(input, partition, ("k" + i).getBytes(UTF_8), value));
      }
    }
    kafka.send(messages);
  }

  /** A commit is answered before its markers are written, so the last records may come later. */
  private void assertExported(String... ranges) {
    List<Integer> expected = numbers(ranges);
    kafka.awaitCommitted(output, expected.size());
    assertThat(kafka.committed(output))
        .extracting(record -> (int) Events.firstFloat(record.value()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Ranges of each partition, {@code from to} each, the end not included. */
  private static List<Integer> numbers(String... partitions) {
    List<Integer> numbers = new ArrayList<>();
    for (int partition = 0; partition < partitions.length; partition++) {
      String[] ends = partitions[partition].split(" ", -1);
      for (int i = 0; i < ends.length; i += 2) {
        int of = partition;
        IntStream.range(Integer.parseInt(ends[i]), Integer.parseInt(ends[i + 1]))
            .forEach(n -> numbers.add(number(of, n)));
      }
    }
    return numbers;
  }

  private static int number(int partition, int i) {
    return 100 * partition + i;
  }
}
