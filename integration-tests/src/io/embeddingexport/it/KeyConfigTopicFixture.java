package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A job that follows a key-config topic. A record shows its version twice: in its header, and in
 * its key, which is 70 and the version.
 */
final class KeyConfigTopicFixture {
  final String input;
  final String output;
  final String deadLetters;
  final String configs;
  final Map<String, String> options;
  private final Kafka kafka;
  private final FlinkCluster cluster;

  KeyConfigTopicFixture(Kafka kafka, FlinkCluster cluster, Path directory) {
    this.kafka = kafka;
    this.cluster = cluster;
    input = kafka.createTopic("events", 2);
    output = kafka.createTopic("records", 1);
    deadLetters = kafka.createTopic("letters", 1);
    configs = kafka.createTopic("configs", 1, Map.of("cleanup.policy", "compact"));
    options = ExportJob.options(kafka, input, output, deadLetters, directory);
    options.remove("key-config.files");
    options.put("key-config.topic", configs);
  }

  ExportJob start() throws Exception {
    return ExportJob.start(cluster, options);
  }

  ExportJob start(String savepoint) throws Exception {
    return ExportJob.start(cluster, options, savepoint);
  }

  void recreate() {
    kafka.delete(configs);
    kafka.create(configs, 1, Map.of("cleanup.policy", "compact"));
  }

  void publish(String model, int version) {
    publish(model, Events.keyConfig(model, version, 70 + version));
  }

  void publish(String model, String value) {
    kafka.send(List.of(Events.message(configs, model, value.getBytes(UTF_8))));
  }

  void retire(String model) {
    kafka.send(List.of(Events.message(configs, model, null)));
  }

  static byte[] event(String model, float number) {
    return Events.event(model, 1, number, 0);
  }

  /** Sends events to one partition, so that one instance takes them in their order. */
  void send(byte[]... events) {
    kafka.send(
        Stream.of(events)
            .map(event -> new ProducerRecord<>(input, 0, (byte[]) null, event))
            .toList());
  }

  /** Sends events until a record comes under a version. */
  void awaitVersion(String model, int version) {
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
  List<String> awaitVersionsOf(String model, int count) {
    await(count + " records of " + model)
        .atMost(Kafka.PATIENCE)
        .pollInSameThread()
        .until(() -> versionsOf(model).size() >= count);
    return versionsOf(model);
  }

  private List<String> versionsOf(String model) {
    return versions(
        kafka.committed(output).stream()
            .filter(record -> model.equals(Origin.of(record.headers()).model()))
            .toList());
  }

  /** The number of each record, and the version it is under. */
  static List<String> versions(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(
            record -> {
              float number = Events.firstFloat(record.value());
              long version = Origin.of(record.headers()).keyConfigVersion();
              assertThat(record.value()).isEqualTo(Events.record(70 + version, number, 0));
              return (int) number + "=" + version;
            })
        .toList();
  }

  static List<String> reasons(List<ConsumerRecord<byte[], byte[]>> letters) {
    return letters.stream().map(letter -> header(letter, "ee.reason")).toList();
  }

  static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
    var header = message.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
