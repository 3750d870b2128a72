package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every start goes on where the group stands, whatever state it has. */
class PositionsIT {
  private static HistoryBroker broker;

  private final Kafka kafka = broker.kafka();
  private Path directory;
  private String input;
  private String output;
  private HistoryInputs inputs;
  private Map<String, String> options;
  private HistoryJob job;

  @BeforeAll
  static void startBroker() {
    broker = HistoryBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void prepare(@TempDir Path directory) {
    this.directory = directory;
    input = kafka.createTopic("events", 4);
    output = kafka.createTopic("records", 2);
    String deadLetters = kafka.createTopic("letters", 1);
    inputs = new HistoryInputs(kafka, List.of(input), output, deadLetters);
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    options = ExportJob.options(kafka, input, output, deadLetters, keys);
    HistoryBroker.expireSoon(options);
    options.put("flink.execution.checkpointing.dir", checkpoints().toUri().toString());
    through(0);
  }

  @AfterEach
  void stop() throws Exception {
    broker.relays().forEach(Relay::thaw);
    if (job != null) {
      job.close();
    }
  }

  @Test
  void givenAnOldSavepointAfterARunWithoutStateThenNothingComesOutTwice() throws Exception {
    start(2, null);
    exportSome();
    job.awaitCheckpoints(20);
    String old = stopWithSavepoint();
    start(2, null);
    exportSome();
    job.close();

    start(2, old);

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  /** The ids of the slots had gaps then, and the crash made the job refuse its own checkpoint. */
  @Test
  void givenRunsWithMoreAndFewerSlotsThenACrashAfterAStartWithoutStateHeals() throws Exception {
    start(2, null);
    exportSome();
    String savepoint = stopWithSavepoint();
    start(1, savepoint);
    exportSome();
    savepoint = stopWithSavepoint();
    start(2, savepoint);
    exportSome();
    job.cluster().cancel(job.job().id());
    job.close();
    start(2, null);
    job.awaitCheckpoints(4);

    job.killTaskManager();
    exportSome();
    start(2, stopWithSavepoint());

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  @Test
  void givenASavepointAfterWhichTheJobWentOnThenAStartFromItRepeatsNothing() throws Exception {
    start(2, null);
    exportSome();
    inputs.send(100, false);
    String savepoint = job.cluster().savepoint(job.job().id(), directory.resolve("savepoints"));
    exportSome();
    job.close();

    start(3, savepoint);

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  @Test
  void givenAnOutageInWhichTheBrokersAbortWhatWasOpenThenItIsReadAgain() throws Exception {
    start(2, null);
    exportSome();
    inputs.send(500, false);
    job.cluster().savepoint(job.job().id(), directory.resolve("savepoints"));
    job.close();
    awaitNothingOpen();

    start(2, null);

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  @Test
  void givenPreparedTransactionsThenEveryParallelismGoesOn() throws Exception {
    int[] slots = {1, 4, 2, 3};
    for (int parallelism : slots) {
      start(parallelism, null);
      exportSome();
      inputs.send(200, false);
      // Prepares a transaction that only the next checkpoint would commit.
      job.cluster().savepoint(job.job().id(), directory.resolve("savepoints"));
      job.close();
    }
    start(1, null);

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  /** The next checkpoint commits what a failed one has prepared. */
  @Test
  void givenCheckpointsThatFailInARowThenTheNextCommitsAll() throws Exception {
    options.put("flink.execution.checkpointing.tolerable-failed-checkpoints", "50");
    options.remove("output.transaction-timeout");
    start(2, null);
    exportSome();
    Path away = directory.resolve("away");
    Files.move(checkpoints(), away);
    Files.writeString(checkpoints(), "no directory");
    long failed = job.cluster().failedCheckpoints(job.job().id());
    await("failed checkpoints")
        .atMost(Kafka.PATIENCE)
        .until(
            () -> {
              inputs.send(10, false);
              return job.cluster().failedCheckpoints(job.job().id()) >= failed + 3;
            });

    Files.delete(checkpoints());
    Files.move(away, checkpoints());

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  /** The first commit after the thaw fails, and no later one may pass it. */
  @Test
  void givenTransactionsThatExpireWhileTheJobIsCutOffThenTheirInputsAreReadAgain()
      throws Exception {
    through(1);
    start(2, null);
    exportSome();
    inputs.send(300, false);
    broker.relays().get(1).freeze();
    inputs.send(300, false);
    awaitNothingOpen();

    broker.relays().get(1).thaw();

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  @Test
  void givenABoundedRunThatIsKilledAgainAndAgainThenItEndsWithAllOfItsRange() throws Exception {
    inputs.send(3_000, true);
    options.put("input.until", "latest");
    options.put("flink.execution.checkpointing.interval", "100 ms");
    start(2, null);
    job.job().awaitCheckpoints(1);
    job.close();
    start(3, newestCheckpoint());
    job.job().await(JobStatus.FINISHED);
    job.close();

    start(1, newestCheckpoint());
    job.job().await(JobStatus.FINISHED);

    inputs.requireEachOnceInOrder();
  }

  @Test
  void givenTwoInputTopicsThenEachGoesOnWhereItStands() throws Exception {
    String second = kafka.createTopic("events", 2);
    options.put("input.topic", input + ";" + second);
    inputs =
        new HistoryInputs(kafka, List.of(input, second), output, options.get("dead-letter.topic"));
    start(2, null);
    exportSome();
    job.close();

    start(3, null);

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  @Test
  void givenOnlyAtLeastOnceThenAStoppedJobGoesOnWithoutRepeating() throws Exception {
    options.put("output.delivery-guarantee", "at-least-once");
    options.remove("output.transaction-timeout");
    start(2, null);
    exportSome();
    stopWithSavepoint();

    start(1, null);

    exportSome();
    inputs.requireEachOnceInOrder();
  }

  /** Two a slot; a third if a commit is slow. And the one that claims. */
  @Test
  void givenAThousandCheckpointsThenTheBrokersRememberAFewIds() throws Exception {
    options.put("flink.execution.checkpointing.interval", "10 ms");
    start(2, null);
    exportSome();

    awaitCheckpointsUnderLoad(1_000);

    assertThat(transactionalIds()).hasSizeLessThanOrEqualTo(2 * 3 + 1);
    assertThat(producersOf(output)).hasSizeLessThanOrEqualTo(2 * 3);
  }

  private void awaitCheckpointsUnderLoad(int count) {
    long target = job.job().progress().checkpoints() + count;
    await(count + " checkpoints")
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              inputs.send(20, false);
              return job.job().progress().checkpoints() >= target;
            });
    inputs.awaitOut();
  }

  private void start(int parallelism, String state) throws Exception {
    options.put("flink.parallelism.default", Integer.toString(parallelism));
    job = HistoryJob.start(options, state, broker.relays().get(0));
    if (!options.containsKey("input.until")) {
      job.awaitCheckpoints(1);
    }
  }

  private void through(int relay) {
    options.put("kafka.bootstrap-servers", "127.0.0.1:" + broker.relays().get(relay).port());
  }

  private void exportSome() {
    inputs.send(300, true);
    inputs.awaitOut();
  }

  private String stopWithSavepoint() throws Exception {
    String savepoint = job.job().stopWithSavepoint(directory.resolve("savepoints"));
    job.close();
    return savepoint;
  }

  private Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  private String newestCheckpoint() throws Exception {
    try (var files = Files.walk(checkpoints())) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(java.util.Comparator.comparingLong(file -> file.toFile().lastModified()))
          .map(file -> file.getParent().toUri().toString())
          .orElse(null);
    }
  }

  private void awaitNothingOpen() throws Exception {
    try (Admin admin = admin()) {
      await("the brokers' abort of what was left open")
          .atMost(Kafka.PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> transactionalIds(admin, Set.of(TransactionState.ONGOING)).isEmpty());
    }
  }

  private Set<String> transactionalIds() throws Exception {
    try (Admin admin = admin()) {
      return transactionalIds(admin, Set.of());
    }
  }

  private Set<String> transactionalIds(Admin admin, Set<TransactionState> states) throws Exception {
    Set<String> ids = new TreeSet<>();
    for (TransactionListing listing :
        admin.listTransactions(new ListTransactionsOptions().filterStates(states)).all().get()) {
      if (listing.transactionalId().startsWith("prefix-" + input)) {
        ids.add(listing.transactionalId());
      }
    }
    return ids;
  }

  private Set<Long> producersOf(String topic) throws Exception {
    Set<Long> producers = new TreeSet<>();
    try (Admin admin = admin()) {
      for (int partition = 0; partition < 2; partition++) {
        TopicPartition at = new TopicPartition(topic, partition);
        admin.describeProducers(List.of(at)).partitionResult(at).get().activeProducers().stream()
            .map(ProducerState::producerId)
            .forEach(producers::add);
      }
    }
    return producers;
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
