package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.cli.demo.FlinkCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Key configs that change while the job runs, from a compacted topic. A record shows its version
 * twice: in its header, and in its key, which is 70 and the version.
 */
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
    publish("m", 1);
    send(event("m", 1));
    try (ExportJob job = start()) {
      assertThat(versions(kafka.awaitCommitted(output, 1))).containsExactly("1=1");

      publish("m", 2);

      awaitVersion("m", 2);
    }
    assertThat(kafka.committed(deadLetters)).isEmpty();
  }

  @Test
  void givenAnOlderVersionOrAnotherContentOfTheSameThenWhatIsInForceStays() throws Exception {
    publish("m", 5);
    try (ExportJob job = start()) {
      publish("m", 4);
      publish("m", Events.keyConfig("m", 5, 99));
      publish("marker", 1);
      awaitVersion("marker", 1);
      send(event("m", 1));

      assertThat(awaitVersionsOf("m", 1)).containsExactly("1=5");
    }
    assertThat(kafka.committed(deadLetters)).isEmpty();
  }

  @Test
  void givenARetiredModelThenItsEventsAreDeadLettersUntilAGreaterVersionComes() throws Exception {
    publish("m", 3);
    send(event("m", 1));
    try (ExportJob job = start()) {
      kafka.awaitCommitted(output, 1);
      retire("m");
      publish("marker", 1);
      awaitVersion("marker", 1);
      send(event("m", 2));
      kafka.awaitCommitted(deadLetters, 1);
      publish("m", 3);
      publish("marker", 2);
      awaitVersion("marker", 2);
      send(event("m", 3));
      assertThat(reasons(kafka.awaitCommitted(deadLetters, 2)))
          .containsExactly("model-retired", "model-retired");

      publish("m", 4);

      send(Events.pinned("m", 4, 1, 4, 0));
      assertThat(awaitVersionsOf("m", 2)).containsExactly("1=3", "4=4");
    }
  }

  @Test
  void givenMessagesThatCannotBeReadThenEachIsOneDeadLetterHoweverManyRead(@TempDir Path directory)
      throws Exception {
    publish("m", 1);
    publish("bad", "{\"model\":\"bad\"}");
    String savepoint;
    try (ExportJob job = start()) {
      kafka.awaitCommitted(deadLetters, 1);
      publish("m", "{");
      kafka.awaitCommitted(deadLetters, 2);
      job.awaitCheckpoints(3);
      savepoint = job.stopWithSavepoint(directory);
    }
    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      publish("marker", 1);
      awaitVersion("marker", 1);
      job.awaitCheckpoints(3);
    }

    List<ConsumerRecord<byte[], byte[]>> letters = kafka.committed(deadLetters);
    assertThat(reasons(letters)).containsExactly("key-config-refused", "key-config-refused");
    assertThat(letters.get(0).key()).isEqualTo("bad".getBytes(UTF_8));
    assertThat(letters.get(0).value()).isEqualTo("{\"model\":\"bad\"}".getBytes(UTF_8));
    assertThat(header(letters.get(0), "ee.topic")).isEqualTo(configs);
    assertThat(header(letters.get(0), "ee.offset")).isEqualTo("1");
    assertThat(header(letters.get(1), "ee.model")).isEqualTo("m");
  }

  @Test
  void givenAnEventForAVersionThatComesLaterThenItWaitsAndNothingOvertakes() throws Exception {
    options.put("key-config.wait-timeout", "1 min");
    publish("m", 1);
    try (ExportJob job = start()) {
      send(event("m", 1), Events.pinned("m", 2, 1, 2, 0), event("m", 3));
      kafka.awaitWritten(output, 1);

      publish("m", 2);

      assertThat(versions(kafka.awaitCommitted(output, 3))).containsExactly("1=1", "2=2", "3=2");
    }
    assertThat(kafka.committed(deadLetters)).isEmpty();
  }

  @Test
  void givenAnEventForAVersionThatNeverComesThenItIsADeadLetterAfterTheTimeout() throws Exception {
    options.put("key-config.wait-timeout", "500 ms");
    publish("m", 1);
    try (ExportJob job = start()) {
      send(event("m", 1), Events.pinned("m", 9, 1, 2, 0), event("m", 3));

      assertThat(versions(kafka.awaitCommitted(output, 2))).containsExactly("1=1", "3=1");
      assertThat(reasons(kafka.awaitCommitted(deadLetters, 1)))
          .containsExactly("key-config-version-unknown");
    }
  }

  @Test
  void givenATopicNamedLiveThenRecordsGoThereAndOneThatIsNotThereIsRefused() throws Exception {
    String own = kafka.createTopic("own", 1);
    publish("m", 1);
    try (ExportJob job = start()) {
      for (String bad : List.of("nowhere", input, deadLetters, configs)) {
        publish("m", Events.keyConfig("m", 2, 72) + "output-topic: " + bad + "\n");
      }
      assertThat(reasons(kafka.awaitCommitted(deadLetters, 4))).containsOnly("key-config-refused");
      send(event("m", 1));
      assertThat(versions(kafka.awaitCommitted(output, 1))).containsExactly("1=1");

      publish("m", Events.keyConfig("m", 2, 72) + "output-topic: " + own + "\n");

      send(Events.pinned("m", 2, 1, 2, 0));
      assertThat(versions(kafka.awaitCommitted(own, 1))).containsExactly("2=2");
      assertThat(job.progress().restarts()).isZero();
    }
  }

  @Test
  void givenFilesAndTopicThenTheGreaterVersionIsInForce(@TempDir Path directory) throws Exception {
    options.put(
        "key-config.files",
        Events.write(directory, Events.keyConfig("a", 2, 72), Events.keyConfig("b", 2, 72))
            .toString());
    publish("a", 1);
    publish("b", 3);
    send(event("a", 1), event("b", 2));
    try (ExportJob job = start()) {
      assertThat(versions(kafka.awaitCommitted(output, 2))).containsExactly("1=2", "2=3");
    }
  }

  @Test
  void givenATopicCreatedAnewWhileTheJobRunsThenNoVersionFallsAndGreaterOnesAreTaken()
      throws Exception {
    publish("m", 5);
    try (ExportJob job = start()) {
      send(event("m", 1));
      kafka.awaitCommitted(output, 1);

      recreate();
      // Read only by who goes back: the new topic has grown past where the old one ended.
      publish("first", 1);
      publish("m", 1);
      publish("m", 3);
      awaitVersion("first", 1);
      send(event("m", 2));
      publish("m", 6);
      send(Events.pinned("m", 6, 1, 3, 0));

      assertThat(awaitVersionsOf("m", 3)).containsExactly("1=5", "2=5", "3=6");
      assertThat(job.progress().restarts()).isZero();
    }
    assertThat(reasons(kafka.committed(deadLetters))).allMatch("no-key-config"::equals);
  }

  @Test
  void givenATopicCreatedAnewWhileTheJobRunsThenASlotThatStartsAgainGoesOn() throws Exception {
    publish("m", 5);
    publish("bad", "{");
    try (ExportJob job = start()) {
      send(event("m", 1));
      kafka.awaitCommitted(output, 1);
      kafka.awaitCommitted(deadLetters, 1);
      recreate();
      publish("m", 6);
      send(Events.pinned("m", 6, 1, 2, 0));
      kafka.awaitCommitted(output, 2);

      fenceFirstSlot();
      publish("other", 1);

      job.awaitRestarts(1);
      publish("bad", "[");
      kafka.awaitCommitted(deadLetters, 2);
      send(event("m", 3));
      assertThat(versions(kafka.awaitCommitted(output, 3))).containsExactly("1=5", "2=6", "3=6");
    }
    assertThat(kafka.committed(deadLetters)).hasSize(2);
  }

  /** Its next commit, that of how far the key configs are handled, fails; it starts again alone. */
  private void fenceFirstSlot() {
    for (String id : List.of("-0-0", "-0-1")) {
      Map<String, Object> client =
          Map.of(
              "bootstrap.servers",
              kafka.bootstrapServers(),
              "transactional.id",
              options.get("output.transactional-id-prefix") + id);
      try (var producer =
          new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.initTransactions();
      }
    }
  }

  @Test
  void givenATopicCreatedAnewBetweenTwoRunsThenNoVersionFalls(@TempDir Path directory)
      throws Exception {
    publish("m", 5);
    publish("bad", "{");
    String savepoint;
    try (ExportJob job = start()) {
      send(event("m", 1));
      kafka.awaitCommitted(output, 1);
      kafka.awaitCommitted(deadLetters, 1);
      savepoint = job.stopWithSavepoint(directory);
    }
    recreate();
    publish("bad", "{");
    publish("m", 2);
    send(event("m", 2));
    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      assertThat(versions(kafka.awaitCommitted(output, 2))).containsExactly("1=5", "2=5");
      publish("m", 6);
      send(Events.pinned("m", 6, 1, 3, 0));
      assertThat(versions(kafka.awaitCommitted(output, 3))).containsExactly("1=5", "2=5", "3=6");
    }
    assertThat(reasons(kafka.committed(deadLetters)))
        .as("a message of the new topic is another one")
        .containsExactly("key-config-refused", "key-config-refused");
  }

  private ExportJob start() throws Exception {
    return ExportJob.start(cluster, options);
  }

  private void recreate() {
    kafka.delete(configs);
    kafka.create(configs, 1, Map.of("cleanup.policy", "compact"));
  }

  private void publish(String model, int version) {
    publish(model, Events.keyConfig(model, version, 70 + version));
  }

  private void publish(String model, String value) {
    kafka.send(List.of(Events.message(configs, model, value.getBytes(UTF_8))));
  }

  private void retire(String model) {
    kafka.send(List.of(Events.message(configs, model, null)));
  }

  private static byte[] event(String model, float number) {
    return Events.event(model, 1, number, 0);
  }

  /** Sends events to one partition, so that one instance takes them in their order. */
  private void send(byte[]... events) {
    kafka.send(
        Stream.of(events)
            .map(event -> new ProducerRecord<>(input, 0, (byte[]) null, event))
            .toList());
  }

  /** Sends events until a record comes under a version. */
  private void awaitVersion(String model, int version) {
    await("records of " + model + " under version " + version)
        .atMost(Kafka.PATIENCE)
        .pollInSameThread()
        .until(
            () -> {
              send(event(model, 0));
              return versionsOf(model).stream().anyMatch(v -> v.endsWith("=" + version));
            });
  }

  /** Waits for {@code count} records of a model. */
  private List<String> awaitVersionsOf(String model, int count) {
    await(count + " records of " + model)
        .atMost(Kafka.PATIENCE)
        .pollInSameThread()
        .until(() -> versionsOf(model).size() >= count);
    return versionsOf(model);
  }

  private List<String> versionsOf(String model) {
    return versions(
        kafka.committed(output).stream()
            .filter(record -> model.equals(header(record, "ee.model")))
            .toList());
  }

  /** Of each record its number and the version it is under. */
  private static List<String> versions(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(
            record -> {
              float number = Events.firstFloat(record.value());
              String version = header(record, "ee.key-config-version");
              assertThat(record.value())
                  .isEqualTo(Events.record(70 + Long.parseLong(version), number, 0));
              return (int) number + "=" + version;
            })
        .toList();
  }

  private static List<String> reasons(List<ConsumerRecord<byte[], byte[]>> letters) {
    return letters.stream().map(letter -> header(letter, "ee.reason")).toList();
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
    var header = message.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
