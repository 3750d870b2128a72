package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.local.FlinkCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Events of other software become records by configuration alone. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class MappedInputsIT {
  private static final long KEY = 7301;
  private static final long ENTITY = 99;

  private final Kafka kafka;
  private final FlinkCluster cluster;
  private final List<String> mappings = new ArrayList<>();
  private Path directory;
  private String records;
  private String letters;

  MappedInputsIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  @BeforeEach
  void topics(@TempDir Path temporary) {
    directory = temporary;
    records = kafka.createTopic("records", 1);
    letters = kafka.createTopic("letters", 1);
  }

  @Test
  void eventsOfOtherSoftwareBecomeRecords() throws Exception {
    try (StubRegistry registry = new StubRegistry()) {
      registry.register(1, "AVRO", OtherSoftware.CHANGE);
      registry.register(
          2,
          "PROTOBUF",
          "syntax = \"proto3\"; message Other {} message Item { string id = 1; repeated float"
              + " vector = 2; }");
      Files.writeString(directory.resolve("row.avsc"), OtherSoftware.FEATURES);
      String qdrant =
          input("format: json\nentity-id: {path: id, from-string: murmur3}\ntensors: {v: vector}");
      String milvus = input("format: json\nentity-id: id\ntensors: {v: title_vector}");
      String debeziumJson =
          input(
              "format: json\npreset: debezium\nentity-id: id\n"
                  + "tensors: {v: {path: embedding, dtype: float}}");
      String schema = "schema: {registry: '" + registry.url() + "'}\n";
      String debeziumAvro =
          input(
              "format: avro\npreset: debezium\nentity-id: id\n"
                  + schema
                  + "tensors: {v: {path: embedding, dtype: float}}");
      String feast =
          input(
              "format: avro\nentity-id: {path: driver_id, from-string: feature-id}\n"
                  + "schema: {file: row.avsc}\nevent-time: event_timestamp\n"
                  + "tensors: {v: embedding}");
      String protobuf =
          input("format: protobuf\n" + schema + "entity-id: id\ntensors: {v: vector}");
      String kserve =
          input("format: protobuf\npreset: kserve-v2\nentity-id: ids\ntensors: {v: embedding}");
      try (ExportJob job = start()) {
        send(qdrant, "{\"collection_name\":\"x\",\"id\":\"u-1\",\"vector\":[1,2],\"payload\":{}}");
        send(milvus, "{\"id\":2,\"title\":\"t\",\"title_vector\":[3,4],\"link\":\"l\"}");
        send(debeziumJson, OtherSoftware.change("{\"id\":3,\"embedding\":[5,6]}", "c"));
        send(debeziumJson, OtherSoftware.change("null", "d"));
        send(debeziumAvro, OtherSoftware.framed(1, OtherSoftware.avroChange(4, 7, 8)));
        send(feast, OtherSoftware.avroRow("d-5", 9, 10));
        send(
            protobuf,
            OtherSoftware.framed(2, new byte[] {2, 2}, OtherSoftware.protobufItem("6", 11, 12)));
        send(kserve, OtherSoftware.response(new long[] {70, 71}, 13, 14, 15, 16));

        List<ConsumerRecord<byte[], byte[]>> committed = kafka.awaitCommitted(records, 9);

        assertThat(committed.stream().map(MappedInputsIT::shown))
            .containsExactlyInAnyOrder(
                FeatureId.murmur3("u-1".getBytes(UTF_8)) + " [1.0, 2.0] of " + qdrant + ":0:0",
                "2 [3.0, 4.0] of " + milvus + ":0:0",
                "3 [5.0, 6.0] of " + debeziumJson + ":0:0",
                "deleted of " + debeziumJson + ":0:1",
                "4 [7.0, 8.0] of " + debeziumAvro + ":0:0",
                FeatureId.of("d-5") + " [9.0, 10.0] of " + feast + ":0:0",
                "6 [11.0, 12.0] of " + protobuf + ":0:0",
                "70 [13.0, 14.0] of " + kserve + ":0:0#0",
                "71 [15.0, 16.0] of " + kserve + ":0:0#1");
        assertThat(kafka.committed(letters)).isEmpty();
      }
    }
  }

  @Test
  void givenARegistryOutOfOrderThenEventsWaitInOrderAndNoneBecomesADeadLetter() throws Exception {
    try (StubRegistry registry = new StubRegistry()) {
      registry.register(1, "AVRO", OtherSoftware.CHANGE);
      registry.register(2, "AVRO", OtherSoftware.CHANGE);
      String topic =
          input(
              "format: avro\npreset: debezium\nentity-id: id\nschema: {registry: '"
                  + registry.url()
                  + "'}\ntensors: {v: {path: embedding, dtype: float}}");
      try (ExportJob job = start()) {
        send(topic, OtherSoftware.framed(1, OtherSoftware.avroChange(1, 1, 1)));
        kafka.awaitCommitted(records, 1);
        registry.setBroken(true);
        send(topic, OtherSoftware.framed(2, OtherSoftware.avroChange(2, 2, 2)));
        send(topic, OtherSoftware.framed(1, OtherSoftware.avroChange(3, 3, 3)));
        await().atMost(Kafka.PATIENCE).until(() -> registry.refused() >= 3);
        assertThat(kafka.committed(records)).hasSize(1);
        registry.setBroken(false);
        send(topic, OtherSoftware.framed(9, OtherSoftware.avroChange(4, 4, 4)));

        assertThat(kafka.awaitCommitted(records, 3).stream().map(MappedInputsIT::shown))
            .containsExactly(
                "1 [1.0, 1.0] of " + topic + ":0:0",
                "2 [2.0, 2.0] of " + topic + ":0:1",
                "3 [3.0, 3.0] of " + topic + ":0:2");
        ConsumerRecord<byte[], byte[]> letter = kafka.awaitCommitted(letters, 1).get(0);
        assertThat(new String(letter.headers().lastHeader("ee.detail").value(), UTF_8))
            .startsWith("the registry has no schema 9; check");
      }
    }
  }

  /** A new topic with that description of its events. */
  private String input(String text) throws IOException {
    String topic = kafka.createTopic("events", 1);
    Path file = directory.resolve(topic + ".yaml");
    Files.writeString(file, text + "\nmodel: {constant: m}\ntopics: [" + topic + "]\n");
    mappings.add(file.toString());
    return topic;
  }

  private ExportJob start() throws Exception {
    Path keys =
        Files.writeString(
            directory.resolve("keys.yaml"),
            "model: m\nversion: 1\nentity-id-feature: 99\nkeys: [{name: v, key: "
                + KEY
                + ", dtype: float, shape: [2]}]\n");
    Map<String, String> options = ExportJob.options(kafka, "mapped", records, letters, keys);
    options.remove("input.topic");
    options.put("input.mapping", String.join(";", mappings));
    options.put("input.group-id", kafka.newName("group"));
    options.put("output.transactional-id-prefix", kafka.newName("prefix") + ".");
    return ExportJob.start(cluster, options);
  }

  private void send(String topic, String json) {
    send(topic, json.getBytes(UTF_8));
  }

  private void send(String topic, byte[] value) {
    byte[] key = topic.getBytes(UTF_8);
    kafka.send(List.of(new ProducerRecord<>(topic, 0, key, value)));
  }

  /** Entity, elements and origin of a record. */
  private static String shown(ConsumerRecord<byte[], byte[]> message) {
    String origin = new String(message.headers().lastHeader("ee.origin").value(), UTF_8);
    if (message.value() == null) {
      return "deleted of " + origin;
    }
    try {
      DataRecordView record = DataRecordReader.read(message.value());
      float[] elements = record.tensors().get(KEY).toFloats();
      return record.discreteFeatures().get(ENTITY)
          + " "
          + Arrays.toString(elements)
          + " of "
          + origin.replace("m@1 ", "");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
