package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.cli.Main;
import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.flink.ThreadLeakCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import org.apache.kafka.common.acl.AclOperation;
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

  private static AclBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void startBroker() {
    broker = AclBroker.start();
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

      AclBroker.allow(ResourceType.TRANSACTIONAL_ID, "job.", AclOperation.DESCRIBE, admin);
      await()
          .untilAsserted(
              () ->
                  assertThat(list(config).out())
                      .contains("?: " + ID + ": it has written nothing, or its topics are hidden"));
      AclBroker.allow(ResourceType.TOPIC, "records", AclOperation.WRITE, admin);
      await().untilAsserted(() -> assertThat(list(config).out()).contains(ID, "records-0"));
      assertThat(list(config).out())
          .containsPattern("records-0 +0 +1 +1  \\?")
          .contains("?: not permitted; it needs READ on topic 'records'");
      assertThat(transactions(config, "abort", ID, "--yes").err())
          .contains("not permitted; it needs WRITE on transactional id '" + ID + "'");

      // What the job itself has, and no more: it is enough.
      AclBroker.allow(ResourceType.TRANSACTIONAL_ID, "job.", AclOperation.WRITE, admin);
      List<Result> tries = new ArrayList<>();
      await()
          .untilAsserted(
              () -> {
                tries.add(transactions(config, "abort", ID, "--yes"));
                assertThat(tries.get(tries.size() - 1).out())
                    .contains("aborted: " + ID, "records-0: readers reach 2 of 2")
                    .doesNotContain("did not pass");
              });
      assertThat(list(config).out()).startsWith("no open transaction");
    }
  }

  @Test
  void wrongCredentialsAreNamedAndNotPrinted() throws Exception {
    Result refused = transactions(jobOptions("hunter2"), "list");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("the broker refuses the login", "check the user and the password")
        .doesNotContain("hunter2");
  }

  private static Result list(Path config) {
    return transactions(config, "list");
  }

  private Path jobOptions(String password) throws IOException {
    StringBuilder options =
        new StringBuilder("job.name: job\nkafka.bootstrap-servers: " + broker.saslServers() + "\n");
    broker
        .clientProperties(password)
        .forEach((name, value) -> options.append("kafka.client.%s: '%s'\n".formatted(name, value)));
    return Files.writeString(directory.resolve("job.yaml"), options);
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
