package io.embeddingexport.it.cluster;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.cli.Main;
import io.embeddingexport.flink.ThreadLeakCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What {@code doctor} says to a job on a broker that asks for permissions. What it says without
 * each of them is in {@code CommandPermissionsIT}.
 */
class DoctorIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  /** The least that the job needs (docs/deploy.md). */
  private static final List<AclBinding> LEAST =
      List.of(
          SecuredBroker.grant(TOPIC, "events", LITERAL, READ),
          SecuredBroker.grant(TOPIC, "configs", LITERAL, READ),
          SecuredBroker.grant(GROUP, "exporters", LITERAL, READ),
          SecuredBroker.grant(TOPIC, "records", LITERAL, WRITE),
          SecuredBroker.grant(TOPIC, "letters", LITERAL, WRITE),
          SecuredBroker.grant(TRANSACTIONAL_ID, "export.", PREFIXED, WRITE));

  @TempDir private static Path directory;
  private static SecuredBroker broker;

  private final Map<String, String> options = new LinkedHashMap<>();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SecuredBroker.start(directory.resolve("broker"));
    try (Admin admin = broker.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("events", 2, (short) 1),
                  new NewTopic("records", 2, (short) 1),
                  new NewTopic("letters", 1, (short) 1)
                      .configs(Map.of("max.message.bytes", "1200000")),
                  new NewTopic("configs", 1, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact")),
                  new NewTopic("sure-records", 1, (short) 1)
                      .configs(Map.of("min.insync.replicas", "2"))))
          .all()
          .get();
      admin.createAcls(LEAST).all().get();
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void options() {
    options.put("kafka.bootstrap-servers", broker.bootstrapServers());
    options.put("input.topic", "events");
    options.put("input.group-id", "exporters");
    options.put("output.topic", "records");
    options.put("output.transactional-id-prefix", "export.");
    options.put("dead-letter.topic", "letters");
    options.put("key-config.topic", "configs");
    options.put(
        "flink.execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
    options.put("preflight.timeout", "60 s");
    as("job");
  }

  @Test
  void givenTheLeastPermissionsThenWarningsOnlySayWhatCouldNotBeSeen() throws Exception {
    awaitLevels("topic-permissions", "ok");

    Report report = doctor();

    assertThat(report.status()).isZero();
    assertThat(report.of("error")).isEmpty();
    assertThat(report.of("warning"))
        .extracting(finding -> finding.get("check").asText())
        .containsExactly("topic-settings", "replication", "replication", "clock");
    assertThat(report.of("ok"))
        .extracting(finding -> finding.get("check").asText())
        .contains(
            "topics",
            "topic-permissions",
            "group-permission",
            "transactional-id",
            "transaction-timeout",
            "open-transactions",
            "checkpoint-storage");
  }

  @Test
  void givenEveryPermissionThenAllIsSeen() throws Exception {
    as("admin");

    Report report = doctor();

    assertThat(report.of("warning"))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.get("text").asText())
                    .startsWith("only one replica of ")
                    .contains("events", "__transaction_state"));
    assertThat(report.of("skipped")).isEmpty();
    assertThat(report.text("clock")).contains("of this machine's");
    assertThat(report.text("transaction-timeout")).contains("the brokers allow 15 min");
  }

  @Test
  void aTransactionTimeoutAboveTheBrokersShouldBeFoundWithoutSeeingTheirMaximum() throws Exception {
    options.put("output.transaction-timeout", "1 h");

    assertThat(doctor().of("error"))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.toString())
                    .contains("transaction-timeout", "transaction.max.timeout.ms"));
  }

  @Test
  void theTrialShouldLeaveNoOpenTransaction() throws Exception {
    doctor();

    try (Admin admin = broker.admin()) {
      assertThat(admin.listTransactions().all().get())
          .filteredOn(transaction -> transaction.transactionalId().equals("export.doctor"))
          .singleElement()
          .satisfies(
              transaction -> assertThat(transaction.state()).isEqualTo(TransactionState.EMPTY));
    }
  }

  @Test
  void openTransactionsUnderOurPrefixShouldBeWarnings() throws Exception {
    try (var ours = begun("export.-0-7");
        var anothers = begun("export.two.-0-7")) {
      assertThat(doctor().of("warning"))
          .extracting(finding -> finding.get("text").asText())
          .anySatisfy(
              text -> assertThat(text).startsWith("1 open: export.-0-7").contains("letters-0"))
          .anySatisfy(
              text -> assertThat(text).contains("export.two.-0-7", "another job, whose prefix"));
      ours.abortTransaction();
      anothers.abortTransaction();
    }
    awaitLevels("open-transactions", "ok");
  }

  @Test
  void aWrongPasswordShouldBeOneErrorAndTheRestSkipped() throws Exception {
    options.put(
        "kafka.client.sasl.jaas.config",
        broker.client("job").get("sasl.jaas.config").replace("job-secret", "guessed"));

    Report report = doctor();

    assertThat(report.status()).isEqualTo(1);
    assertThat(report.of("error"))
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.toString()).contains("brokers", "Authentication failed"));
    assertThat(report.of("skipped")).hasSizeGreaterThan(9);
    assertThat(report.toString()).doesNotContain("guessed");
  }

  @Test
  void aTopicThatNeedsMoreReplicasThanItHasShouldBeAnError() throws Exception {
    as("admin");
    options.put("output.topic", "sure-records");

    assertThat(doctor().of("error"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.toString()).contains("every write fails"));
  }

  private void as(String user) {
    broker.client(user).forEach((name, value) -> options.put("kafka.client." + name, value));
  }

  private void awaitLevels(String check, String level) {
    await(check + " " + level)
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                doctor().findings().stream()
                    .filter(finding -> finding.get("check").asText().equals(check))
                    .allMatch(finding -> finding.get("level").asText().equals(level)));
  }

  /** A producer with a transaction that has a message on the dead-letter topic. */
  private static KafkaProducer<byte[], byte[]> begun(String id) throws Exception {
    Map<String, Object> properties = broker.properties("admin");
    properties.put("transactional.id", id);
    var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("letters", new byte[1])).get();
    return producer;
  }

  private record Report(int status, List<JsonNode> findings) {

    List<JsonNode> of(String level) {
      return findings.stream().filter(f -> f.get("level").asText().equals(level)).toList();
    }

    String text(String check) {
      return findings.stream()
          .filter(finding -> finding.get("check").asText().equals(check))
          .map(finding -> finding.get("text").asText())
          .findFirst()
          .orElseThrow();
    }
  }

  private Report doctor() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("doctor", "--json"));
    options.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    StringWriter out = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    int status = command.execute(arguments.toArray(String[]::new));
    List<JsonNode> findings = new ArrayList<>();
    new ObjectMapper().readTree(out.toString()).forEach(findings::add);
    return new Report(status, findings);
  }
}
