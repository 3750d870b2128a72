package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.cli.Main;
import io.embeddingexport.cli.clients.NewTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code transactions} with SASL, and with less than all permissions. */
@ExtendWith(ThreadLeakCheck.class)
class TransactionPermissionsIT {
  private static final String ID = "job.-0-1";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  private static BrokerProcess broker;
  private static int saslPort;

  @TempDir private Path directory;

  /** Who comes without SASL may do all; who comes with it, what ACLs allow. */
  @BeforeAll
  static void startBroker() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      saslPort = socket.getLocalPort();
    }
    broker =
        BrokerProcess.start(
            Map.of(
                "listeners",
                "CLIENT://127.0.0.1:" + saslPort,
                "listener.security.protocol.map",
                "CLIENT:SASL_PLAINTEXT,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.client.plain.sasl.jaas.config",
                LOGIN + "user_job=\"pass\";",
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private record Result(int exitCode, String out, String err) {}

  @Test
  void eachMissingPermissionIsNamed() throws Exception {
    Path config = jobOptions("pass");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopics.create(admin, List.of(new NewTopic("records", 1, (short) 1)));
      abandonTransaction();

      Result hidden = transactions(config, "list");
      assertThat(hidden.out()).contains("ids without DESCRIBE permission stay hidden");
      assertThat(transactions(config, "describe", ID).err())
          .contains("not permitted; it needs DESCRIBE on transactional id '" + ID + "'");

      allow(ResourceType.TRANSACTIONAL_ID, "job.", AclOperation.DESCRIBE, admin);
      allow(ResourceType.TOPIC, "records", AclOperation.WRITE, admin);
      await().untilAsserted(() -> assertThat(list(config).out()).contains(ID, "records-0"));
      assertThat(list(config).out())
          .containsPattern("records-0 +0 +1 +1  \\?")
          .contains("?: not permitted; it needs READ on topic 'records'");
      assertThat(transactions(config, "abort", ID, "--yes").err())
          .contains("not permitted; it needs WRITE on transactional id '" + ID + "'");

      // What the job itself has, and no more: it is enough.
      allow(ResourceType.TRANSACTIONAL_ID, "job.", AclOperation.WRITE, admin);
      List<Result> tries = new ArrayList<>();
      await()
          .untilAsserted(
              () -> {
                tries.add(transactions(config, "abort", ID, "--yes"));
                assertThat(tries.get(tries.size() - 1).out())
                    .contains("aborted: " + ID, "records-0: readers come to 2 of 2")
                    .doesNotContain("not seen");
              });
      assertThat(list(config).out()).startsWith("no open transaction");
    }
  }

  @Test
  void wrongCredentialsAreNamedAndNotPrinted() throws Exception {
    Result refused = transactions(jobOptions("hunter2"), "list");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("the broker refused the credentials", "check kafka.client.*")
        .doesNotContain("hunter2");
  }

  private static Result list(Path config) {
    return transactions(config, "list");
  }

  private Path jobOptions(String password) throws IOException {
    return Files.writeString(
        directory.resolve("job.yaml"),
        """
        job.name: job
        kafka.bootstrap-servers: 127.0.0.1:%d
        kafka.client.security.protocol: SASL_PLAINTEXT
        kafka.client.sasl.mechanism: PLAIN
        kafka.client.sasl.jaas.config: '%susername="job" password="%s";'
        """
            .formatted(saslPort, LOGIN, password));
  }

  private static void abandonTransaction() throws Exception {
    Map<String, Object> client = new HashMap<>();
    client.put("bootstrap.servers", broker.bootstrapServers());
    client.put("transactional.id", ID);
    client.put("transaction.timeout.ms", 600_000);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("records", new byte[8])).get();
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private static void allow(ResourceType type, String name, AclOperation operation, Admin admin)
      throws Exception {
    PatternType pattern =
        type == ResourceType.TRANSACTIONAL_ID ? PatternType.PREFIXED : PatternType.LITERAL;
    AccessControlEntry entry =
        new AccessControlEntry("User:job", "*", operation, AclPermissionType.ALLOW);
    admin
        .createAcls(List.of(new AclBinding(new ResourcePattern(type, name, pattern), entry)))
        .all()
        .get();
  }

  private static Result transactions(Path config, String... arguments) {
    List<String> all = new ArrayList<>(List.of("transactions"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Result(exitCode, out.toString(), err.toString());
  }
}
