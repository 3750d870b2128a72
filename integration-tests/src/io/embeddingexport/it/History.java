package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * A history of one job, made from a seed: it is stopped, cancelled and killed, started without
 * state, from the newest or an older one, with another parallelism, twice at a time. Every input
 * must come out once, whatever happened, and no step by hand is taken.
 */
final class History implements AutoCloseable {
  private static final int MOST_PARTITIONS = 5;
  private static final int MOST_PARALLELISM = 4;

  /** A slot takes one more for each checkpoint that is not committed yet. */
  private static final int MOST_IDS = 16;

  private final Kafka kafka;
  private final List<Relay> relays;
  private final Path directory;
  private final Random random;
  private final Consumer<String> log;
  private final String input;
  private final HistoryInputs inputs;
  private final Map<String, String> options;
  private final List<String> savepoints = new ArrayList<>();
  private final Set<String> claimed = new HashSet<>();
  private int partitions = 2;
  private int starts;
  private HistoryJob running;

  /**
   * @param relays two ways to the broker
   * @param log told each step
   */
  History(Kafka kafka, List<Relay> relays, Path directory, long seed, Consumer<String> log)
      throws IOException {
    this.kafka = kafka;
    this.relays = relays;
    this.directory = directory;
    this.random = new Random(seed);
    this.log = log;
    input = kafka.createTopic("history", partitions);
    String output = kafka.createTopic("records", 2);
    String deadLetters = kafka.createTopic("letters", 1);
    inputs = new HistoryInputs(kafka, List.of(input), output, deadLetters);
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    options = ExportJob.options(kafka, input, output, deadLetters, keys);
    HistoryBroker.expireSoon(options);
    options.put("flink.execution.checkpointing.num-retained", "6");
    options.put("flink.execution.checkpointing.dir", checkpoints().toUri().toString());
    options.put("flink.restart-strategy.fixed-delay.attempts", "30");
  }

  private Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  void run(int steps) throws Exception {
    send();
    start(null, 0);
    for (int i = 0; i < steps; i++) {
      HistoryStep step = HistoryStep.values()[random.nextInt(HistoryStep.values().length)];
      log.accept(step.toString());
      send();
      take(step);
      send();
      running.awaitCheckpoints(random.nextInt(3));
    }
    requireAllOut();
  }

  private void take(HistoryStep step) throws Exception {
    switch (step) {
      case STOP -> {
        running.awaitCheckpoints(1);
        savepoints.add(running.job().stopWithSavepoint(directory.resolve("savepoints")));
        restart();
      }
      case SAVEPOINT_THEN_KILL -> {
        running.awaitCheckpoints(1);
        savepoints.add(
            running.cluster().savepoint(running.job().id(), directory.resolve("savepoints")));
        running.awaitCheckpoints(random.nextInt(2));
        restart();
      }
      case CANCEL -> {
        running.cluster().cancel(running.job().id());
        restart();
      }
      case KILL -> restart();
      case LONG_OUTAGE -> {
        running.close();
        awaitNothingOpen();
        start(state(), relay());
      }
      case KILL_TASK_MANAGER -> {
        if (!running.killTaskManager()) {
          restart();
        }
      }
      case SECOND_JOB -> {
        HistoryJob older = running;
        awaitClaim();
        start(savepointOrNone(), relay());
        send();
        older.awaitSuperseded();
        older.close();
      }
      case FREEZE -> freeze();
      case ADD_PARTITION -> addPartition();
      case ADD_PARTITION_WHILE_DOWN -> {
        running.close();
        addPartition();
        start(state(), relay());
      }
    }
  }

  private void freeze() throws Exception {
    HistoryJob older = running;
    awaitClaim();
    older.relay().freeze();
    start(savepointOrNone(), relay());
    send();
    running.awaitCheckpoints(random.nextInt(3));
    older.relay().thaw();
    send();
    older.awaitSuperseded();
    older.close();
  }

  /**
   * Waits until the run that was started last has claimed the partitions. Of two runs that have not
   * yet, either may win.
   */
  private void awaitClaim() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      await("the claim of the run that was started last")
          .atMost(Kafka.PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !claimed.containsAll(runs(admin)));
    }
  }

  /** Runs whose markers are committed. */
  private Set<String> runs(Admin admin) throws Exception {
    return admin
        .listConsumerGroupOffsets(options.get("input.group-id"))
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .map(offset -> offset.metadata().replaceFirst(".*run=([0-9a-f]+).*", "$1"))
        .collect(Collectors.toSet());
  }

  private void restart() throws Exception {
    running.close();
    start(state(), relay());
  }

  private int relay() {
    return starts % relays.size();
  }

  private void start(@Nullable String state, int relay) throws Exception {
    starts++;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      claimed.addAll(runs(admin));
    }
    options.put(
        "flink.parallelism.default", Integer.toString(1 + random.nextInt(MOST_PARALLELISM)));
    options.put("kafka.bootstrap-servers", "127.0.0.1:" + relays.get(relay).port());
    log.accept("  start, parallelism " + options.get("flink.parallelism.default") + ", " + state);
    running = HistoryJob.start(options, state, relays.get(relay));
    running.awaitCheckpoints(random.nextInt(3));
  }

  /** None, the newest, or any: by chance. Only while no job runs that could delete it. */
  private @Nullable String state() throws IOException {
    List<String> all = new ArrayList<>(savepoints);
    if (Files.exists(checkpoints())) {
      try (Stream<Path> files = Files.walk(checkpoints())) {
        files
            .filter(file -> file.endsWith("_metadata"))
            .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
            .forEach(file -> all.add(file.getParent().toUri().toString()));
      }
    }
    int choice = random.nextInt(3);
    if (all.isEmpty() || choice == 0) {
      return null;
    }
    return choice == 1 ? all.get(all.size() - 1) : all.get(random.nextInt(all.size()));
  }

  private @Nullable String savepointOrNone() {
    return savepoints.isEmpty() || random.nextBoolean()
        ? null
        : savepoints.get(random.nextInt(savepoints.size()));
  }

  private void send() {
    inputs.send(20 + random.nextInt(300), random.nextInt(3) == 0);
  }

  private void addPartition() throws Exception {
    if (partitions < MOST_PARTITIONS) {
      partitions++;
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        admin.createPartitions(Map.of(input, NewPartitions.increaseTo(partitions))).all().get();
      }
    }
  }

  private void awaitNothingOpen() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      await("the brokers' abort of what was left open")
          .atMost(Kafka.PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> transactions(admin, Set.of(TransactionState.ONGOING)).isEmpty());
    }
  }

  private List<String> transactions(Admin admin, Set<TransactionState> states) throws Exception {
    return admin
        .listTransactions(new ListTransactionsOptions().filterStates(states))
        .all()
        .get()
        .stream()
        .map(TransactionListing::transactionalId)
        .filter(id -> id.startsWith("prefix-" + input + "-"))
        .toList();
  }

  private void requireAllOut() throws Exception {
    await(inputs.count() + " inputs out")
        .atMost(Kafka.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .failFast(
            "the job has failed", () -> running.job().progress().status().isGloballyTerminalState())
        .until(() -> inputs.out() >= inputs.count());
    running.awaitCheckpoints(2);
    inputs.requireEachOnceInOrder();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      assertThat(transactions(admin, Set.of()).size())
          .as("transactional ids")
          .isLessThanOrEqualTo(MOST_IDS * MOST_PARALLELISM);
    }
  }

  @Override
  public void close() throws Exception {
    if (running != null) {
      running.close();
    }
  }
}
