package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.flink.ThreadLeakCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code inputs try} on a real broker: what it proposes for messages of other software is valid and
 * makes records of them.
 */
@ExtendWith({SharedBroker.class, ThreadLeakCheck.class})
class InputsCommandsIT {
  @TempDir private Path directory;
  private final Kafka kafka;

  InputsCommandsIT(Kafka kafka) {
    this.kafka = kafka;
  }

  private record Result(int exitCode, String out, String err) {}

  @Test
  void jsonWithATextAsIdAndSecondsAsTime() throws Exception {
    String topic = kafka.createTopic("items", 2);
    for (int i = 0; i < 30; i++) {
      send(
          topic,
          null,
          """
          {"trace_id": "t%d", "user": {"uuid": "u-%d"}, "created_at": %d, "price": 1.5,
           "vectors": {"taste": [0.25, %d.5, 3], "last_items": [12, %d]}, "names": ["a"]}"""
              .formatted(i, i, 1_767_225_600 + i, i, 20_000_000 + i));
    }

    assertProposed(
        topic,
        """
        # or: trace_id, created_at
        entity-id: {path: user.uuid, from-string: murmur3}
        model: {constant: %s}
        event-time: {path: created_at, unit: seconds}
        tensors:
          taste: vectors.taste
          last_items: {path: vectors.last_items, dtype: int64}
        """
            .formatted(topic),
        "format: json\n");
    assertThat(keys(topic))
        .contains("feature: " + topic + ".taste", "key: " + FeatureId.of(topic + ".taste"))
        .contains("shape: [3]", "dtype: int64", "shape: [2]");
  }

  @Test
  void avroOfARegistryWithATimeThatTheSchemaStates() throws Exception {
    try (StubRegistry registry = new StubRegistry()) {
      registry.register(7, "AVRO", OtherSoftware.FEATURES);
      String topic = kafka.createTopic("drivers", 1);
      send(topic, null, OtherSoftware.framed(7, OtherSoftware.avroRow("d-5", 9, 10)));
      send(topic, null, OtherSoftware.framed(7, OtherSoftware.avroRow("d-6", 11)));

      Result unnamed = inputs("try", topic);
      assertThat(unnamed.exitCode()).isEqualTo(1);
      assertThat(unnamed.err()).contains("schema id", "--registry URL");

      assertProposed(
          topic,
          """
          entity-id: {path: driver_id, from-string: murmur3}
          model: {constant: %s}
          event-time: event_timestamp
          tensors:
            embedding: embedding
          """
              .formatted(topic),
          "format: avro\nschema: {registry: \"" + registry.url() + "\"}\n",
          "--registry",
          registry.url());
      assertThat(keys(topic)).contains("shape: [-1]");
    }
  }

  @Test
  void avroOfAFile() throws Exception {
    Path schema = Files.writeString(directory.resolve("row.avsc"), OtherSoftware.FEATURES);
    String topic = kafka.createTopic("rows", 1);
    send(topic, null, OtherSoftware.avroRow("17", 9, 10));

    assertProposed(
        topic,
        """
        entity-id: driver_id
        model: {constant: %s}
        event-time: event_timestamp
        tensors:
          embedding: embedding
        """
            .formatted(topic),
        "format: avro\nschema: {file: \"" + schema + "\"}\n",
        "--schema",
        schema.toString());
  }

  @Test
  void protobufOfARegistryAndOfAFile() throws Exception {
    try (StubRegistry registry = new StubRegistry()) {
      registry.register(
          2,
          "PROTOBUF",
          "syntax = \"proto3\"; message Other {} message Item { string id = 1; repeated float"
              + " vector = 2; }");
      String framed = kafka.createTopic("framed", 1);
      send(
          framed,
          null,
          OtherSoftware.framed(2, new byte[] {2, 2}, OtherSoftware.protobufItem("6", 11, 12)));
      String parts = "entity-id: id\nmodel: {constant: %s}\ntensors:\n  vector: vector\n";

      assertProposed(
          framed,
          parts.formatted(framed),
          "format: protobuf\nschema: {registry: \"" + registry.url() + "\"}\n",
          "--registry",
          registry.url());
    }
    Path set = Files.write(directory.resolve("item.desc"), OtherSoftware.itemDescriptors());
    Path text =
        Files.writeString(
            directory.resolve("item.proto"),
            "package shop; message Item { optional string id = 1; repeated float vector = 2; }");
    for (Path schema : List.of(set, text)) {
      String topic = kafka.createTopic("plain", 1);
      send(topic, null, OtherSoftware.protobufItem("6", 11, 12));

      assertProposed(
          topic,
          "entity-id: id\nmodel: {constant: %s}\ntensors:\n  vector: vector\n".formatted(topic),
          "format: protobuf\nschema: {file: \"" + schema + "\", message: shop.Item}\n",
          "--schema",
          schema.toString());
    }
  }

  @Test
  void responsesOfKserve() throws Exception {
    String topic = kafka.createTopic("responses", 1);
    send(topic, null, OtherSoftware.response(new long[] {70, 71}, 13, 14, 15, 16));

    assertProposed(
        topic,
        "entity-id: ids\nmodel: model_name\ntensors:\n  embedding: embedding\n",
        "format: protobuf\npreset: kserve-v2\n");
    assertThat(keys(topic)).contains("model: model\n");
  }

  @Test
  void debeziumsChangesInJsonAndAvro() throws Exception {
    String parts =
        """
        entity-id: id
        model: {constant: %s}
        # dtype: float makes 32-bit floats of doubles
        tensors:
          embedding: {path: embedding, dtype: float}
        """;
    String json = kafka.createTopic("changes", 1);
    send(json, "3", OtherSoftware.change("{\"id\":3,\"embedding\":[5.5,6]}", "c"));
    send(json, "3", OtherSoftware.change("null", "d"));
    send(json, "3", (byte[]) null);

    assertProposed(
        json,
        ("# or: {kafka: key}\nentity-id: id\nmodel: {constant: %s}\n"
                + "tensors:\n  embedding: embedding\n")
            .formatted(json),
        "format: json\npreset: debezium\n");
    try (StubRegistry registry = new StubRegistry()) {
      registry.register(1, "AVRO", OtherSoftware.CHANGE);
      String avro = kafka.createTopic("changes", 1);
      send(avro, "4", OtherSoftware.framed(1, OtherSoftware.avroChange(4, 7, 8)));

      assertProposed(
          avro,
          "# or: {kafka: key}\n" + parts.formatted(avro),
          "format: avro\npreset: debezium\nschema: {registry: \"" + registry.url() + "\"}\n",
          "--registry",
          registry.url());
    }
  }

  @Test
  void bytesOfFloatsByTheKafkaKey() throws Exception {
    String topic = kafka.createTopic("raw", 1);
    send(topic, "12", OtherSoftware.littleEndian(1, 2, 3));
    send(topic, "13", OtherSoftware.littleEndian(0.5f, -2, 1e-3f));

    assertProposed(
        topic,
        """
        entity-id: {kafka: key}
        model: {constant: %s}
        tensors:
          embedding: {kafka: value}
        """
            .formatted(topic),
        "format: raw\n");
  }

  @Test
  void whatIsNotReadIsSaid() throws Exception {
    String gzip = kafka.createTopic("gzip", 1);
    send(gzip, "1", new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2});
    assertThat(inputs("try", gzip).err()).contains("gzip", "compression.type");

    String unknown = kafka.createTopic("unknown", 1);
    send(unknown, "1", new byte[] {(byte) 0xff, 1, 2, 3, 4});
    assertThat(inputs("try", unknown).err()).contains("not recognised", "--schema FILE");

    assertThat(inputs("try", kafka.createTopic("empty", 1)).err())
        .contains("has no committed messages");
  }

  @Test
  void markersAndAbortedMessagesAreNoMessages() throws Exception {
    String topic = kafka.createTopic("transactions", 1);
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "transactional.id",
            topic,
            "transaction.timeout.ms",
            10_000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (int i = 0; i < 10; i++) {
        producer.beginTransaction();
        byte[] value = ("{\"id\": " + i + ", \"v\": [1.5]}").getBytes(UTF_8);
        producer.send(new ProducerRecord<>(topic, value)).get();
        if (i < 5) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }
    }

    assertThat(inputs("try", topic, "-n", "3").out())
        .contains("newest messages of topic " + topic + ": 3\n")
        .contains("tried on these messages: records: 3, deletions: 0, rejected: 0");
  }

  @Test
  void ourOwnFormsNeedNoMapping() throws Exception {
    for (String format : List.of("thrift", "json")) {
      String topic = kafka.createTopic("own", 1);
      assertThat(command("produce", "-n", "5", "-f", format, "-t", topic).exitCode()).isZero();

      Result proposed = inputs("try", topic, "-n", "3");

      assertThat(proposed.err()).isEmpty();
      assertThat(proposed.out())
          .contains("newest messages of topic " + topic + ": 3")
          .contains("input.format: " + format)
          .contains("tried on these messages: records: 3, deletions: 0");
    }
  }

  @Test
  void samplesOfAMappingAreAcceptedByIt() throws Exception {
    String topic = kafka.createTopic("items", 2);
    try (StubRegistry registry = new StubRegistry()) {
      registry.register(topic + "-value", 12, "AVRO", OtherSoftware.FEATURES);
      Path mapping =
          Files.writeString(
              directory.resolve("mapping.yaml"),
              """
              format: avro
              schema: {registry: "%s"}
              entity-id: {path: driver_id, from-string: murmur3}
              model: {constant: driver}
              event-time: event_timestamp
              tensors: {v: embedding}
              """
                  .formatted(registry.url()));
      Path keys =
          Files.writeString(
              directory.resolve("keys.yaml"),
              "model: driver\nversion: 1\nkeys: [{name: v, key: 7, dtype: float, shape: [4]}]\n");
      String[] produce = {"produce", "-t", topic, "-m", mapping.toString(), "-n", "50"};

      Result refused = command(produce);
      assertThat(refused.err()).contains("the model 'driver', and no key config is for it");
      Result sent =
          command(
              Stream.concat(Stream.of(produce), Stream.of("-k", keys.toString()))
                  .toArray(String[]::new));
      assertThat(sent.exitCode()).as(sent.err()).isZero();

      Result tried =
          inputs("try", topic, "-m", mapping.toString(), "-k", keys.toString(), "-n", "99");
      assertThat(tried.out()).contains("records: 50, deletions: 0, rejected: 0");
      // A job's key configs need no file.
      String configs = topic + "-configs";
      Result published =
          command(
              "keys",
              "publish",
              keys.toString(),
              "--create",
              "-t",
              configs,
              "-b",
              kafka.bootstrapServers());
      assertThat(published.exitCode()).as(published.err()).isZero();
      assertThat(
              inputs("try", topic, "-m", mapping.toString(), "--set", "key-config.topic=" + configs)
                  .out())
          .contains("becomes a record of key config")
          .contains("records: 20, deletions: 0, rejected: 0");
    }
  }

  /** The proposal is this one, valid, and makes a record of every event. */
  private void assertProposed(String topic, String parts, String head, String... more)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("try", topic, "--save", directory.toString()));
    words.addAll(List.of(more));
    Result proposed = inputs(words.toArray(String[]::new));
    assertThat(proposed.err()).isEmpty();
    assertThat(proposed.exitCode()).as(proposed.out()).isZero();
    Path mapping = directory.resolve(topic + "-mapping.yaml");
    assertThat(mapping).hasContent(head + parts);
    assertThat(proposed.out()).contains(head + parts, keys(topic), ", rejected: 0\n");

    Path keys = directory.resolve(topic + "-keys.yaml");
    assertThat(command("inputs", "validate", mapping.toString()).exitCode()).isZero();
    assertThat(command("keys", "validate", keys.toString()).exitCode()).isZero();
    Result again =
        inputs("try", topic, "--mapping", mapping.toString(), "--key-config", keys.toString());
    assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
    assertThat(again.out()).contains("becomes a record of key config");
    assertThat(inputs(words.toArray(String[]::new)).err()).contains("exists; remove it");
  }

  private String keys(String topic) throws Exception {
    return Files.readString(directory.resolve(topic + "-keys.yaml"));
  }

  private Result inputs(String... words) {
    return command(
        Stream.of(Stream.of("inputs"), Stream.of(words), Stream.of("-b", kafka.bootstrapServers()))
            .flatMap(all -> all)
            .toArray(String[]::new));
  }

  private Result command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (words[0].equals("produce")) {
      all.addAll(List.of("-b", kafka.bootstrapServers()));
    }
    CommandLine commandLine = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int exitCode = commandLine.execute(all.toArray(String[]::new));
    return new Result(exitCode, out.toString(), err.toString());
  }

  private void send(String topic, @Nullable String key, String json) {
    send(topic, key, json.getBytes(UTF_8));
  }

  private void send(String topic, @Nullable String key, byte @Nullable [] value) {
    kafka.send(
        List.of(new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value)));
  }
}
