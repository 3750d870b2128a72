package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.audit.CheckPlan;
import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.audit.Report;
import io.embeddingexport.chaos.check.BrokerState;
import io.embeddingexport.chaos.check.Readers;
import io.embeddingexport.chaos.ledger.LedgerConfig;
import io.embeddingexport.chaos.ledger.LedgerEvent;
import io.embeddingexport.chaos.ledger.LedgerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Inputs, key configs and the topics of one job, and the checker that shares no code with the job.
 * Not thread-safe.
 */
public final class CheckedTraffic implements AutoCloseable {
  private static final int PARTITIONS = 4;
  private static final int MODELS = 3;
  private static final int KEYS = 500;

  private final Kafka kafka;
  private final LedgerEvents events = new LedgerEvents(20261124, MODELS, KEYS, 16);
  private final Topics topics;
  private final int partitions;
  private final ExportChecker checker;
  private final Readers readers = new Readers();
  private final CommittedReader inputs;
  private final CommittedReader outputs;
  private long sent;

  /**
   * What the job's options name.
   *
   * @param prefix of the transactional ids
   */
  public record Topics(
      String input, String configs, String records, String letters, String prefix) {
    private static Topics create(Kafka kafka) {
      String input = kafka.createTopic("events", PARTITIONS);
      return new Topics(
          input,
          kafka.createTopic("configs", 1, Map.of("cleanup.policy", "compact")),
          kafka.createTopic("records", 3),
          kafka.createTopic("letters", 2, Map.of("max.message.bytes", "1114124")),
          "prefix-" + input);
    }

    private List<String> outputs() {
      return List.of(records, letters);
    }
  }

  /** Creates the topics. */
  public CheckedTraffic(Kafka kafka) {
    this(kafka, Topics.create(kafka));
  }

  /** Uses topics that exist, and on which nobody else writes. */
  CheckedTraffic(Kafka kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
      partitions = producer.partitionsFor(topics.input()).size();
    }
    checker =
        new ExportChecker(
            new CheckPlan(
                topics.input(),
                partitions,
                topics.configs(),
                topics.records(),
                Map.of(),
                topics.letters(),
                KEYS,
                false,
                events));
    inputs = new CommittedReader(kafka, List.of(topics.input()), checker::input);
    outputs = new CommittedReader(kafka, topics.outputs(), this::read);
  }

  /** The job's options that say where it reads and writes. */
  public Map<String, String> options() {
    return Map.of(
        "kafka.bootstrap-servers", kafka.bootstrapServers(),
        "input.topic", topics.input(),
        "input.group-id", "group-" + topics.input(),
        "output.topic", topics.records(),
        "output.transactional-id-prefix", topics.prefix(),
        "dead-letter.topic", topics.letters(),
        "key-config.topic", topics.configs());
  }

  /** Publishes a version of every model's key config. */
  public void publish(long version) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int model = 0; model < MODELS; model++) {
      LedgerConfig config = new LedgerConfig(model, version, events.dims());
      checker.published(config.name(), config.version());
      messages.add(
          new ProducerRecord<>(
              topics.configs(), config.name().getBytes(UTF_8), config.json().getBytes(UTF_8)));
    }
    kafka.send(messages);
  }

  /** Sends the next inputs, as many as asked for. */
  public void send(int count) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (long end = sent + count; sent < end; sent++) {
      LedgerEvent event = events.event(sent);
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(
              topics.input(), event.entity() % partitions, event.key(), event.value());
      message.headers().add(ExportChecker.TRACE, Long.toString(sent).getBytes(UTF_8));
      messages.add(message);
    }
    kafka.send(messages);
    inputs.readToEnd();
  }

  /** Number of inputs. */
  public long sent() {
    return sent;
  }

  /** Checks the outputs that are committed now. */
  public void check() {
    outputs.readToEnd();
  }

  /** Waits until something has come out of every input, and checks it. */
  public void awaitAll() {
    outputs.readUntil("all outputs", () -> checker.report().outcomes() >= sent);
  }

  private void read(ConsumerRecord<byte[], byte[]> message) {
    readers.beside(message);
    checker.output(message);
  }

  /** Once the job has ended: what the checker, a second reader and the broker say of it all. */
  public Report finish() throws Exception {
    check();
    try (CommittedReader fresh = new CommittedReader(kafka, topics.outputs(), readers::after)) {
      fresh.readToEnd();
    }
    Report report = checker.finish();
    readers.compare(report);
    brokers().addTo(report);
    return report;
  }

  /** All committed messages on the topic of records. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    return kafka.committed(topics.records());
  }

  @Override
  public void close() {
    inputs.close();
    outputs.close();
  }

  /** Once the job that was cancelled has let go of its transactions. */
  private BrokerState brokers() throws Exception {
    try (Admin admin = kafka.admin()) {
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
        .filter(id -> id.startsWith(topics.prefix() + "-"))
        .toList();
  }

  private Map<TopicPartition, Long> ends(Admin admin, IsolationLevel isolation) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (String topic : topics.outputs()) {
      admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
          .map(info -> new TopicPartition(topic, info.partition()))
          .forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    }
    return admin
        .listOffsets(asked, new ListOffsetsOptions(isolation))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }
}
