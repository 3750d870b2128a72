package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.demo.FlinkCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Key configs that change while the job runs, from a compacted topic. */
@ExtendWith(SharedBroker.class)
class KeyConfigTopicIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = ThreadLeakCheck.sharingACluster();

  private static FlinkCluster cluster;

  private final Kafka kafka;
  private String input;
  private String output;
  private String deadLetters;
  private String configs;
  private Map<String, String> options;

  KeyConfigTopicIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = FlinkCluster.start(1, 2, 0);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.close();
  }

  @BeforeEach
  void define(@TempDir Path directory) {
    input = kafka.createTopic("events", 2);
    output = kafka.createTopic("records", 1);
    deadLetters = kafka.createTopic("letters", 1);
    configs = kafka.createTopic("configs", 1, Map.of("cleanup.policy", "compact"));
    options = ExportJob.options(kafka, input, output, deadLetters, directory);
    options.remove("key-config.files");
    options.put("key-config.topic", configs);
  }

  @Test
  void givenAGreaterVersionPublishedLiveThenRecordsChangeToIt() throws Exception {
    publish("m", 1, 71);
    send("m", 1);
    try (ExportJob job = ExportJob.start(cluster, options)) {
      assertThat(kafka.awaitCommitted(output, 1))
          .singleElement()
          .satisfies(record -> isUnder(record, 1, Events.record(71, 1, 0)));

      publish("m", 2, 72);
      awaitVersion("m", 2);
    }
  }

  private void publish(String model, int version, long key) {
    publish(model, Events.keyConfig(model, version, key));
  }

  private void publish(String model, String value) {
    kafka.send(
        List.of(Events.message(configs, model, value == null ? null : value.getBytes(UTF_8))));
  }

  private void send(String model, float number) {
    kafka.send(List.of(Events.message(input, "k", Events.event(model, 1, number, 0))));
  }

  /** Sends events until records come under a version. */
  private void awaitVersion(String model, int version) {
    org.awaitility.Awaitility.await("records under version " + version)
        .atMost(Kafka.PATIENCE)
        .pollInSameThread()
        .until(
            () -> {
              send(model, 5);
              return kafka.committed(output).stream().anyMatch(r -> version(r) == version);
            });
  }

  private static long version(ConsumerRecord<byte[], byte[]> record) {
    return Long.parseLong(
        new String(record.headers().lastHeader("ee.key-config-version").value(), UTF_8));
  }

  private static void isUnder(ConsumerRecord<byte[], byte[]> record, int version, byte[] value) {
    assertThat(version(record)).isEqualTo(version);
    assertThat(record.value()).isEqualTo(value);
  }
}
