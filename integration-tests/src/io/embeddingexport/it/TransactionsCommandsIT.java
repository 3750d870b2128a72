package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.cli.Main;
import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.flink.ThreadLeakCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code transactions list, describe} and {@code abort} on a real broker. */
@ExtendWith(ThreadLeakCheck.class)
class TransactionsCommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static BrokerProcess broker;
  private static int tests;

  /** A prefix and a topic of its own for each test. */
  private final String prefix = "job" + ++tests + ".";

  private final String topic = "records-" + tests;
  private final List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopic() throws Exception {
    try (Admin admin = admin()) {
      NewTopics.create(admin, List.of(new NewTopic(topic, 2, (short) 1)));
    }
  }

  @AfterEach
  void abandonProducers() {
    producers.forEach(producer -> producer.close(Duration.ZERO));
  }

  private record Result(int exitCode, String out, String err) {}

  @Test
  void anAbandonedTransactionHoldsReadersBackUntilItIsAborted() throws Exception {
    String id = prefix + "-0-7";
    abandon(open(id, 0, "lost", "lost too"));
    commit("later", 0);
    assertThat(committed(0)).isEmpty();

    JsonNode listed = json(transactions("list", "--prefix", prefix, "--json"));
    assertThat(listed.get("transactionalId").asText()).isEqualTo(id);
    assertThat(listed.get("state").asText()).isEqualTo("Ongoing");
    assertThat(listed.get("timeoutMillis").asLong()).isEqualTo(600_000);
    assertThat(listed.get("openMillis").asLong()).isBetween(0L, 600_000L);
    // Offsets 0 and 1 the open transaction's, 2 the other's record, 3 its marker.
    assertThat(listed.get("partitions").toString())
        .isEqualTo(
            ("[{\"topic\":\"%s\",\"partition\":0,\"start\":0,\"lastStable\":0,\"end\":4,\"heldBack\":4,"
                    + "\"holds\":true,\"holder\":\"%s\",\"holderProducerId\":%d,\"unknown\":null}]")
                .formatted(topic, id, listed.get("producerId").asLong()));

    Result aborted = transactions("abort", id, "--yes");

    assertThat(aborted.exitCode()).as(aborted.err()).isZero();
    assertThat(aborted.out()).contains("aborted: " + id, topic + "-0: readers reach 5 of 5");
    assertThat(aborted.err()).contains("A transaction of any other program may be lost for good");
    assertThat(committed(0)).containsExactly("later");
    assertThat(transactions("list", "--prefix", prefix).out())
        .startsWith("no open transaction of prefix '" + prefix + "'");
  }

  @Test
  void ofSeveralTheFirstIsTheHolderAndTheOldestIsListedFirst() throws Exception {
    String first = prefix + "-1-1";
    String second = prefix + "-0-1";
    KafkaProducer<byte[], byte[]> holder = open(first, 0, "a");
    abandon(open(second, 0, "b"));

    Result list = transactions("list", "--prefix", prefix);
    List<String> rows = list.out().lines().toList();
    assertThat(rows.get(1)).startsWith(first + " ").endsWith(" 1");
    assertThat(rows.get(2)).startsWith(second + " ").endsWith(" 0");
    assertThat(list.out())
        .containsPattern("(?m)^" + topic + "-0 +0 +2 +2  " + first.replace(".", "\\.") + "$");

    Result described = transactions("describe", second);
    assertThat(described.out())
        .contains("transactional id  " + second, "state             Ongoing")
        .contains("timeout           10 min, so the broker aborts it after 20")
        .containsPattern("(?m)^" + topic + "-0 +1 +0 +2 +2  " + first.replace(".", "\\.") + "$");
    assertThat(transactions("describe", first).out())
        .containsPattern("(?m)^" + topic + "-0 +0 +0 +2 +2  this one$");

    assertThat(transactions("abort", second, "--yes").out())
        .contains("aborted: " + second)
        .contains(topic + "-0: readers reach 0 of 3, held back by " + first);
    commit(first, holder);
    assertThat(committed(0)).containsExactly("a");
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    String id = prefix + "-0-1";
    KafkaProducer<byte[], byte[]> owner = open(id, 0, "kept");

    Result result = transactions("abort", "--prefix", prefix);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("dry run: nothing is aborted; --yes aborts 1");
    assertThat(result.err()).contains("warning:");
    commit(id, owner);
    assertThat(committed(0)).containsExactly("kept");
  }

  @Test
  void anotherJobsTransactionsStay() throws Exception {
    String shorter = "a" + tests;
    abandon(open(shorter + "-0-1", 0, "ours"));
    KafkaProducer<byte[], byte[]> longer = open(shorter + "b-0-1", 1, "theirs");
    KafkaProducer<byte[], byte[]> dashed = open(shorter + "-1-0-1", 1, "theirs too");

    assertThat(transactions("list", "--prefix", shorter).out())
        .contains(shorter + "-0-1 ")
        .doesNotContain(shorter + "b-0-1", shorter + "-1-0-1");
    assertThat(transactions("list", "--all").out())
        .contains(shorter + "-0-1 ", shorter + "b-0-1 ", shorter + "-1-0-1 ");
    assertThat(transactions("abort", "--prefix", shorter, "--yes").exitCode()).isZero();

    commit(shorter + "b-0-1", longer);
    commit(shorter + "-1-0-1", dashed);
    assertThat(committed(0)).isEmpty();
    assertThat(committed(1)).containsExactly("theirs", "theirs too");
  }

  @Test
  void givenTheJobsOptionsThenItsBrokersAndItsPrefixAreTaken() throws Exception {
    Path config = directory.resolve("job.yaml");
    Files.writeString(
        config,
        "kafka.bootstrap-servers: %s\njob.name: %s\nkafka.sink.acks: all\n"
            .formatted(broker.bootstrapServers(), prefix.substring(0, prefix.length() - 1)));
    abandon(open(prefix + "-0-1", 0, "a"));
    abandon(open("other." + prefix + "-0-1", 0, "b"));

    assertThat(command("transactions", "list", "--config", config.toString()).out())
        .contains(prefix + "-0-1")
        .doesNotContain("other.");
    assertThat(
            command(
                    "transactions",
                    "list",
                    "-c",
                    config.toString(),
                    "-s",
                    "output.transactional-id-prefix=other." + prefix)
                .out())
        .contains("\nother." + prefix + "-0-1");
    command("transactions", "abort", "--config", config.toString(), "--prefix", prefix, "--yes");
    transactions("abort", "--prefix", "other." + prefix, "--yes");
  }

  @Test
  void onlyWhatIsOlderIsAborted() throws Exception {
    open(prefix + "-0-1", 0, "young").flush();

    assertThat(transactions("abort", "--prefix", prefix, "--older-than", "1h", "--yes").out())
        .startsWith("nothing to abort");
    assertThat(transactions("abort", "--prefix", prefix, "--older-than", "0s", "--yes").out())
        .contains("aborted: " + prefix + "-0-1");
    assertThat(transactions("abort", "--prefix", prefix, "--older-than", "soon").exitCode())
        .isEqualTo(2);
  }

  @Test
  void whatIsNotOpenIsRefusedAndNoIdIsMade() throws Exception {
    commit(prefix + "-0-1", open(prefix + "-0-1", 0, "a"));
    KafkaProducer<byte[], byte[]> owner = open(prefix + "-0-2", 0, "b");

    Result refused =
        transactions("abort", prefix + "-0-1", prefix + "-0-2", prefix + "-0-3", "--yes");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("'" + prefix + "-0-1' is Complete", "'" + prefix + "-0-3' is unknown");
    Result unknown = transactions("describe", prefix + "-0-3");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("knows transactional id '" + prefix + "-0-3'");
    assertThat(transactions("list", "--prefix", prefix, "--all-states").out())
        .contains(prefix + "-0-1 ", prefix + "-0-2 ")
        .doesNotContain(prefix + "-0-3");
    assertThat(transactions("list", "--prefix", prefix).out()).doesNotContain(prefix + "-0-1 ");
    assertThat(transactions("abort", "--yes").exitCode()).isEqualTo(2);
    commit(prefix + "-0-2", owner);
    assertThat(committed(0)).containsExactly("a", "b");
  }

  /** Loud: with Admin.abortTransaction its commit would be answered with success. */
  @ParameterizedTest
  @ValueSource(shorts = {2, 1, 0})
  void theCommitOfAnAbortedTransactionFailsWhateverTheVersion(short version) throws Exception {
    try (Admin admin = admin()) {
      setTransactionVersion(version, admin);
      KafkaProducer<byte[], byte[]> owner = open(prefix + "-0-1", 0, "lost");

      assertThat(transactions("abort", prefix + "-0-1", "--yes").exitCode()).isZero();

      assertThatThrownBy(owner::commitTransaction).isInstanceOf(ProducerFencedException.class);
      assertThat(committed(0)).isEmpty();
    } finally {
      try (Admin admin = admin()) {
        setTransactionVersion((short) 2, admin);
      }
    }
  }

  private static void setTransactionVersion(short version, Admin admin) throws Exception {
    FeatureUpdate.UpgradeType type =
        version == 2 ? FeatureUpdate.UpgradeType.UPGRADE : FeatureUpdate.UpgradeType.SAFE_DOWNGRADE;
    var now = admin.describeFeatures().featureMetadata().get().finalizedFeatures();
    var old = now.get("transaction.version");
    if (version != (old == null ? 0 : old.maxVersionLevel())) {
      admin
          .updateFeatures(
              Map.of("transaction.version", new FeatureUpdate(version, type)),
              new UpdateFeaturesOptions())
          .all()
          .get();
    }
  }

  @Test
  void givenNoBrokerThenItSaysSo() {
    Result result = command("transactions", "list", "--all", "-b", "127.0.0.1:1");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "nothing listens at 127.0.0.1:1 (connection refused); check that the broker runs");
  }

  /** A transaction with these records, begun now. */
  private KafkaProducer<byte[], byte[]> open(String id, int partition, String... values)
      throws Exception {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                id,
                "transaction.timeout.ms",
                600_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producers.add(producer);
    producer.initTransactions();
    producer.beginTransaction();
    for (String value : values) {
      producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8))).get();
    }
    return producer;
  }

  /** As if its process had died. */
  private static void abandon(KafkaProducer<byte[], byte[]> producer) {
    producer.close(Duration.ZERO);
  }

  private void commit(String value, int partition) throws Exception {
    String id = "committer-" + topic;
    commit(id, open(id, partition, value));
  }

  /**
   * Commits, and waits until readers can see it: the coordinator answers as soon as it has made up
   * its mind, and tells the partitions afterwards.
   */
  private static void commit(String id, KafkaProducer<byte[], byte[]> producer) throws Exception {
    producer.commitTransaction();
    try (Admin admin = admin()) {
      await("the markers of " + id)
          .atMost(Kafka.PATIENCE)
          .until(
              () ->
                  admin.describeTransactions(List.of(id)).all().get().get(id).state()
                      == TransactionState.COMPLETE_COMMIT);
    }
  }

  /** What a reader of committed records sees now. */
  private List<String> committed(int partition) {
    TopicPartition from = new TopicPartition(topic, partition);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(from));
      consumer.seekToBeginning(List.of(from));
      long end = consumer.endOffsets(List.of(from)).get(from);
      while (consumer.position(from) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(new String(record.value(), UTF_8));
        }
      }
    }
    return values;
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static JsonNode json(Result result) throws Exception {
    assertThat(result.out()).hasLineCount(1);
    return JSON.readTree(result.out());
  }

  private static Result transactions(String... arguments) {
    List<String> all = new ArrayList<>(List.of("transactions"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    return command(all.toArray(String[]::new));
  }

  private static Result command(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
