package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.audit.Anomaly;
import io.embeddingexport.audit.CheckPlan;
import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.audit.Report;
import io.embeddingexport.chaos.check.BrokerState;
import io.embeddingexport.chaos.check.Readers;
import io.embeddingexport.chaos.ledger.LedgerConfig;
import io.embeddingexport.chaos.ledger.LedgerEvent;
import io.embeddingexport.chaos.ledger.LedgerEvents;
import io.embeddingexport.consumer.DuplicateFilter;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.local.FlinkCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The job under kills and changing key configs, judged by the checker that shares no code with it;
 * and the same without exactly-once, in which the checker must find what is doubled.
 */
@ExtendWith(SharedBroker.class)
class CheckedRunIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private static final int PARTITIONS = 4;
  private static final int MODELS = 3;
  private static final int KEYS = 500;
  private static final int A_STEP = 8_000;
  private static final int KILLS = 3;

  private final Kafka kafka;
  private final LedgerEvents events = new LedgerEvents(20261124, MODELS, KEYS, 16);
  private final String input;
  private final String configs;
  private final String records;
  private final String letters;
  private final ExportChecker checker;
  private final Readers readers = new Readers();
  private final Map<String, String> options;
  private long sent;

  CheckedRunIT(Kafka kafka) {
    this.kafka = kafka;
    input = kafka.createTopic("events", PARTITIONS);
    configs = kafka.createTopic("configs", 1, Map.of("cleanup.policy", "compact"));
    records = kafka.createTopic("records", 3);
    letters = kafka.createTopic("letters", 2);
    checker =
        new ExportChecker(
            new CheckPlan(
                input, PARTITIONS, configs, records, Map.of(), letters, KEYS, false, events));
    options =
        new HashMap<>(
            ExportJob.options(kafka, input, records, letters, java.nio.file.Path.of("unused")));
    options.remove("key-config.files");
    options.put("key-config.topic", configs);
  }

  @Test
  void givenKillsAndNewVersionsThenTheCheckerFindsNothing() throws Exception {
    Report report = run();

    assertThat(report.first()).isEmpty();
    assertThat(report.outcomes()).isEqualTo(sent);
    assertThat(report.letters()).isPositive();
    assertThat(report.tombstones()).isPositive();
  }

  /** What the checker is there for: the same kills, and no transactions. */
  @Test
  void givenOnlyAtLeastOnceThenTheCheckerFindsWhatIsDoubledAndNothingLost() throws Exception {
    options.put("output.delivery-guarantee", "at-least-once");
    options.put("flink.execution.checkpointing.interval", "2 s");

    Report report = run();

    assertThat(report.counts())
        .containsKey(Anomaly.Kind.DUPLICATE)
        .doesNotContainKeys(
            Anomaly.Kind.LOST, Anomaly.Kind.WRONG_RECORD, Anomaly.Kind.WRONG_LETTER);
    requireThatTheFilterDropsJustTheRepeats();
  }

  private void requireThatTheFilterDropsJustTheRepeats() {
    List<ConsumerRecord<byte[], byte[]>> all = kafka.committed(records);
    DuplicateFilter filter = new DuplicateFilter(1 << 17);
    List<String> first = all.stream().filter(filter::isFirst).map(CheckedRunIT::source).toList();

    assertThat(first)
        .doesNotHaveDuplicates()
        .hasSizeLessThan(all.size())
        .containsAll(all.stream().map(CheckedRunIT::source).toList());
  }

  private static String source(ConsumerRecord<byte[], byte[]> message) {
    return new String(message.headers().lastHeader(Origin.HEADER).value(), UTF_8);
  }

  private Report run() throws Exception {
    publish(1);
    List<String> outputs = List.of(records, letters);
    try (FlinkCluster cluster = FlinkCluster.start(2, 1, 0);
        ExportJob job = ExportJob.start(cluster, options);
        CommittedReader inputs = new CommittedReader(kafka, List.of(input), checker::input);
        CommittedReader reader = new CommittedReader(kafka, outputs, this::read)) {
      for (int kill = 0; kill < KILLS; kill++) {
        send();
        inputs.readToEnd();
        job.awaitCheckpoints(1);
        reader.readToEnd();
        publish(2 + kill);
        send();
        inputs.readToEnd();
        cluster.replaceTaskManager(kill);
        job.awaitRestarts(kill + 1);
      }
      reader.readUntil("all outputs", () -> checker.report().outcomes() >= sent);
      job.awaitCheckpoints(1);
      reader.readToEnd();
    }
    try (CommittedReader fresh = new CommittedReader(kafka, outputs, readers::after)) {
      fresh.readToEnd();
    }
    Report report = checker.finish();
    readers.compare(report);
    brokers().addTo(report);
    return report;
  }

  private void read(ConsumerRecord<byte[], byte[]> message) {
    readers.beside(message);
    checker.output(message);
  }

  private void publish(long version) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int model = 0; model < MODELS; model++) {
      LedgerConfig config = new LedgerConfig(model, version, events.dims());
      checker.published(config.name(), config.version());
      messages.add(
          new ProducerRecord<>(
              configs, config.name().getBytes(UTF_8), config.json().getBytes(UTF_8)));
    }
    kafka.send(messages);
  }

  private void send() {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (long end = sent + A_STEP; sent < end; sent++) {
      LedgerEvent event = events.event(sent);
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(input, event.entity() % PARTITIONS, event.key(), event.value());
      message.headers().add(ExportChecker.TRACE, Long.toString(sent).getBytes(UTF_8));
      messages.add(message);
    }
    kafka.send(messages);
  }

  /** Once the job that was cancelled has let go of its transactions. */
  private BrokerState brokers() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      await("the end of the job's transactions")
          .atMost(Kafka.PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> open(admin).isEmpty());
      return new BrokerState(
          open(admin),
          ends(admin, IsolationLevel.READ_COMMITTED),
          ends(admin, IsolationLevel.READ_UNCOMMITTED));
    }
  }

  private List<String> open(Admin admin) throws Exception {
    String prefix = options.get("output.transactional-id-prefix") + "-";
    return admin
        .listTransactions(
            new ListTransactionsOptions()
                .filterStates(
                    Set.of(
                        TransactionState.ONGOING,
                        TransactionState.PREPARE_ABORT,
                        TransactionState.PREPARE_COMMIT)))
        .all()
        .get()
        .stream()
        .map(TransactionListing::transactionalId)
        .filter(id -> id.startsWith(prefix))
        .toList();
  }

  private Map<TopicPartition, Long> ends(Admin admin, IsolationLevel isolation) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (String topic : List.of(records, letters)) {
      admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
          .map(info -> new TopicPartition(topic, info.partition()))
          .forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    }
    return admin
        .listOffsets(asked, new org.apache.kafka.clients.admin.ListOffsetsOptions(isolation))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }
}
