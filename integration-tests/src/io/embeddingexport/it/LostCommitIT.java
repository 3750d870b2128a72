package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.demo.FlinkCluster;
import io.embeddingexport.kafka.commit.LostCommitException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A savepoint that holds prepared transactions, restored after this and that became of them, with
 * each version of Kafka's transaction protocol.
 */
@ExtendWith(SharedBroker.class)
class LostCommitIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private static final int EVENTS = 200;

  private final Kafka kafka;
  private final String input;
  private final String output;
  private final Map<String, String> options;
  private final FlinkCluster cluster;

  @TempDir private Path directory;

  LostCommitIT(Kafka kafka, @TempDir Path keys) throws Exception {
    this.kafka = kafka;
    this.input = kafka.createTopic("events", 2);
    this.output = kafka.createTopic("records", 2);
    this.options =
        new HashMap<>(
            ExportJob.options(
                kafka,
                input,
                output,
                kafka.createTopic("letters", 1),
                Events.write(keys, Events.keyConfig("m", 1, 7))));
    this.cluster = FlinkCluster.start(1, 4, 0);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    transactionVersion(2);
  }

  @ParameterizedTest
  @ValueSource(shorts = {2, 1, 0})
  void givenOpenTransactionsWhenRestoredThenTheyAreCommitted(short version) throws Exception {
    transactionVersion(version);
    String savepoint = savepointWithOpenTransactions();
    assertThat(kafka.committed(output)).isEmpty();

    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      job.await(JobStatus.RUNNING);
      requireEachOnce();
    }
  }

  /** Flink's own sink leaves them open: it commits only if it is exactly-once itself. */
  @ParameterizedTest
  @ValueSource(shorts = 2)
  void givenOpenTransactionsWhenRestoredAtLeastOnceThenTheyAreCommittedToo(short version)
      throws Exception {
    transactionVersion(version);
    String savepoint = savepointWithOpenTransactions();
    options.put("output.delivery-guarantee", "at-least-once");

    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      job.await(JobStatus.RUNNING);
      requireEachOnce();
    }
  }

  @ParameterizedTest
  @ValueSource(shorts = {2, 1, 0})
  void givenTransactionsCommittedBeforeWhenRestoredAgainThenNothingIsSaidToBeLost(short version)
      throws Exception {
    transactionVersion(version);
    String savepoint = savepointWithOpenTransactions();
    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      requireEachOnce();
    }

    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      job.awaitCheckpoints(2);
      assertThat(job.progress().status()).isEqualTo(JobStatus.RUNNING);
      assertThat(job.progress().restarts()).isZero();
      requireEachOnce();
    }
  }

  @ParameterizedTest
  @ValueSource(shorts = {2, 1, 0})
  void givenTransactionsThatExpiredWhenRestoredThenTheJobFailsAndNamesWhatToExportAgain(
      short version) throws Exception {
    transactionVersion(version);
    options.put("output.transaction-timeout", "1 s");
    String savepoint = savepointWithOpenTransactions();
    awaitState(TransactionState.COMPLETE_ABORT);

    String report = failureOf(savepoint);

    // Of the instances that fail, Flink shows the first one's reason.
    int partition = report.contains(input + " partition 0") ? 0 : 1;
    assertThat(report)
        .contains("1 transaction was not committed. What it held is lost:")
        .contains(input + " partition " + partition + " offsets 0 to 99 (100 messages)")
        .contains("--from offset:" + input + ":" + partition + "=0,*=0")
        .contains("--until offset:" + input + ":" + partition + "=100,*=0")
        .contains("--set restore.accept-loss=true")
        .contains("there may be more");
    String other =
        report.replace(input + ":" + partition + "=", input + ":" + (1 - partition) + "=");
    goOnAndExportAgain(savepoint, report, other);
  }

  /** A checkpoint that fails leaves its transactions to the next one, as a savepoint does. */
  @ParameterizedTest
  @ValueSource(shorts = 2)
  void givenTransactionsOfTwoCheckpointsThatExpiredWhenRestoredThenTheJobNamesThemAll(short version)
      throws Exception {
    transactionVersion(version);
    options.put("output.transaction-timeout", "1 s");
    String savepoint = savepointWithOpenTransactions(EVENTS / 2, EVENTS / 2);
    awaitState(TransactionState.COMPLETE_ABORT, 4);

    String report = failureOf(savepoint);

    int partition = report.contains(input + " partition 0") ? 0 : 1;
    assertThat(report)
        .contains("2 transactions were not committed. What they held is lost:")
        .contains(input + " partition " + partition + " offsets 0 to 49 (50 messages)")
        .contains(input + " partition " + partition + " offsets 50 to 99 (50 messages)")
        .contains("--until offset:" + input + ":" + partition + "=100,*=0");
    String other =
        report.replace(input + ":" + partition + "=", input + ":" + (1 - partition) + "=");
    goOnAndExportAgain(savepoint, report, other);
  }

  @ParameterizedTest
  @ValueSource(shorts = {2, 0})
  void givenOneTransactionAbortedByAnotherHandWhenRestoredThenTheOtherIsCommitted(short version)
      throws Exception {
    transactionVersion(version);
    String savepoint = savepointWithOpenTransactions();
    String aborted = transactions().keySet().iterator().next();
    try (Admin admin = admin()) {
      admin.fenceProducers(List.of(aborted)).all().get();
    }

    String report = failureOf(savepoint);

    assertThat(report).contains("1 transaction was not committed", aborted + ", prepared ");
    kafka.awaitCommitted(output, EVENTS / 2);
    goOnAndExportAgain(savepoint, report);
  }

  /** What follows on it is open; committed at once it would come before what is written again. */
  @ParameterizedTest
  @ValueSource(shorts = 2)
  void givenTheFirstOfTwoCheckpointsIsLostWhenDoneAsTheDocsSayThenTheOrderIsKept(short version)
      throws Exception {
    transactionVersion(version);
    String savepoint = savepointWithOpenTransactions(EVENTS / 2, EVENTS / 2);
    List<String> first = new ArrayList<>(transactions().keySet());
    first.sort(Comparator.comparing(id -> Long.valueOf(id.substring(id.lastIndexOf('-') + 1))));
    try (Admin admin = admin()) {
      admin.fenceProducers(first.subList(0, 2)).all().get();
    }

    options.put("flink.parallelism.default", "1");
    String report = failureOf(savepoint);

    assertThat(report)
        .contains("4 transactions were not committed.")
        .contains("aborted: by this start, so that the order is kept")
        .doesNotContain("there may be more");
    assertThat(kafka.committed(output)).isEmpty();
    try (ExportJob again = ExportJob.start(cluster, replayOptions(report))) {
      again.await(JobStatus.FINISHED);
    }
    goOnAndExportAgain(savepoint);
    for (int parity : List.of(0, 1)) {
      for (int partition : List.of(0, 1)) {
        assertThat(
                kafka.committed(output).stream()
                    .filter(record -> record.partition() == partition)
                    .map(record -> (int) Events.firstFloat(record.value()))
                    .filter(number -> number % 2 == parity))
            .isSorted();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(shorts = 2)
  void givenAlarmsWanted_whenTransactionsAreLost_thenTheJobGoesOn(short version) throws Exception {
    transactionVersion(version);
    options.put("output.transaction-timeout", "1 s");
    options.put("output.commit-failure", "alarm");
    String savepoint = savepointWithOpenTransactions();
    awaitState(TransactionState.COMPLETE_ABORT);

    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      send(EVENTS, EVENTS);
      kafka.awaitCommitted(output, EVENTS);
      assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(EVENTS, 2 * EVENTS));
    }
  }

  /** An intermediate savepoint commits nothing, and a job that is cancelled leaves it so. */
  private String savepointWithOpenTransactions() throws Exception {
    return savepointWithOpenTransactions(EVENTS);
  }

  /**
   * @param events that the transactions of each hold
   * @return the last of several
   */
  private String savepointWithOpenTransactions(int... events) throws Exception {
    Map<String, String> once = new HashMap<>(options);
    once.put("flink.execution.checkpointing.interval", "1 h");
    try (ExportJob job = ExportJob.start(cluster, once)) {
      job.awaitCheckpoints(1); // the one that Flink takes at the start
      String savepoint = "";
      int sent = 0;
      for (int count : events) {
        send(sent, count);
        sent += count;
        kafka.awaitWritten(output, sent);
        savepoint = cluster.savepoint(job.id(), directory);
      }
      return savepoint;
    }
  }

  /** Event i is of entity i and holds i; half of them go to each partition. */
  private void send(int first, int count) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      messages.add(
          new ProducerRecord<>(
              input, i % 2, ("entity-" + i).getBytes(UTF_8), Events.event("m", i, i, 0)));
    }
    kafka.send(messages);
  }

  /** What the job fails with: at once, although it may be restarted ten times. */
  private String failureOf(String savepoint) throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      job.await(JobStatus.FAILED);
      assertThat(job.progress().restarts()).as("restarts").isZero();
      return ExceptionUtils.findThrowable(job.progress().failure(), LostCommitException.class)
          .orElseThrow(() -> new AssertionError("another failure", job.progress().failure()))
          .getMessage();
    }
  }

  /** Does what the report says. */
  private void goOnAndExportAgain(String savepoint, String... reports) throws Exception {
    Map<String, String> accepting = new HashMap<>(options);
    accepting.put("restore.accept-loss", "true");
    accepting.remove("output.transaction-timeout");
    try (ExportJob job = ExportJob.start(cluster, accepting, savepoint)) {
      job.awaitCheckpoints(1);
      for (String report : reports) {
        try (ExportJob again = ExportJob.start(cluster, replayOptions(report))) {
          again.await(JobStatus.FINISHED);
        }
      }
      requireEachOnce();
    }
  }

  /** The options of the command that the report gives. */
  private Map<String, String> replayOptions(String report) {
    String command =
        report
            .lines()
            .filter(line -> line.startsWith("To write it again: bin/embedding-export run "))
            .findFirst()
            .orElseThrow();
    List<String> words = Arrays.asList(command.split(" "));
    Map<String, String> replay = new HashMap<>(options);
    replay.remove("output.transaction-timeout");
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--from" -> replay.put("input.from", words.get(i + 1));
        case "--until" -> replay.put("input.until", words.get(i + 1));
        case "--set" -> {
          String[] set = words.get(i + 1).split("=", 2);
          replay.put(set[0], set[1]);
        }
        default -> {}
      }
    }
    assertThat(replay.get("output.transactional-id-prefix"))
        .isNotEqualTo(options.get("output.transactional-id-prefix"));
    return replay;
  }

  private void requireEachOnce() {
    kafka.awaitCommitted(output, EVENTS);
    assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(0, EVENTS));
  }

  private List<Integer> numbers() {
    return kafka.committed(output).stream()
        .map(record -> (int) Events.firstFloat(record.value()))
        .toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private void awaitState(TransactionState state) {
    awaitState(state, 2);
  }

  private void awaitState(TransactionState state, int transactions) {
    Awaitility.await(state + " of the job's transactions")
        .atMost(Kafka.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              Map<String, TransactionState> states = transactions();
              return states.size() == transactions
                  && states.values().stream().allMatch(state::equals);
            });
  }

  /** Of the job, those that hold something. */
  private Map<String, TransactionState> transactions() throws Exception {
    String prefix = options.get("output.transactional-id-prefix");
    try (Admin admin = admin()) {
      return admin.listTransactions().all().get().stream()
          .filter(listing -> listing.transactionalId().startsWith(prefix + "-"))
          .filter(listing -> listing.state() != TransactionState.EMPTY)
          .collect(
              Collectors.toMap(TransactionListing::transactionalId, TransactionListing::state));
    }
  }

  private void transactionVersion(int version) throws Exception {
    try (Admin admin = admin()) {
      admin
          .updateFeatures(
              Map.of(
                  "transaction.version",
                  new FeatureUpdate(
                      (short) version,
                      version == 2
                          ? FeatureUpdate.UpgradeType.UPGRADE
                          : FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
              new UpdateFeaturesOptions())
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
