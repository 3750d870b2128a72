package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.local.FlinkCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
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

  private static final String CHANGE =
      """
      {"type": "record", "name": "Envelope", "namespace": "shop.public.items", "fields": [
        {"name": "before", "type": ["null", {"type": "record", "name": "Value", "fields": [
          {"name": "id", "type": "long"},
          {"name": "embedding", "type": ["null", {"type": "array", "items": "double"}]}]}]},
        {"name": "after", "type": ["null", "Value"]},
        {"name": "source", "type": {"type": "record", "name": "Source", "fields": [
          {"name": "ts_ms", "type": "long"}]}},
        {"name": "op", "type": "string"}]}
      """;

  private static final String FEATURES =
      """
      {"type": "record", "name": "Row", "fields": [
        {"name": "driver_id", "type": ["null", "string"]},
        {"name": "event_timestamp", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "embedding", "type": ["null", {"type": "array", "items": ["null", "float"]}]}]}
      """;

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
      registry.register(1, "AVRO", CHANGE);
      registry.register(
          2,
          "PROTOBUF",
          "syntax = \"proto3\"; message Other {} message Item { string id = 1; repeated float"
              + " vector = 2; }");
      Files.writeString(directory.resolve("row.avsc"), FEATURES);
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
        send(debeziumJson, change("{\"id\":3,\"embedding\":[5,6]}", "c"));
        send(debeziumJson, change("null", "d"));
        send(debeziumAvro, framed(1, avroChange(4, 7, 8)));
        send(feast, avroRow("d-5", 9, 10));
        send(protobuf, framed(2, new byte[] {2, 2}, protobufItem("6", 11, 12)));
        send(kserve, response(new long[] {70, 71}, 13, 14, 15, 16));

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
      registry.register(1, "AVRO", CHANGE);
      registry.register(2, "AVRO", CHANGE);
      String topic =
          input(
              "format: avro\npreset: debezium\nentity-id: id\nschema: {registry: '"
                  + registry.url()
                  + "'}\ntensors: {v: {path: embedding, dtype: float}}");
      try (ExportJob job = start()) {
        send(topic, framed(1, avroChange(1, 1, 1)));
        kafka.awaitCommitted(records, 1);
        registry.setBroken(true);
        send(topic, framed(2, avroChange(2, 2, 2)));
        send(topic, framed(1, avroChange(3, 3, 3)));
        await().atMost(Kafka.PATIENCE).until(() -> registry.refused() >= 3);
        assertThat(kafka.committed(records)).hasSize(1);
        registry.setBroken(false);
        send(topic, framed(9, avroChange(4, 4, 4)));

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

  private static String change(String after, String op) {
    return "{\"schema\":{},\"payload\":{\"before\":null,\"after\":"
        + after
        + ",\"source\":{\"ts_ms\":1},\"op\":\""
        + op
        + "\"}}";
  }

  private static byte[] framed(int id, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] avroChange(long id, double... embedding) {
    Schema schema = new Schema.Parser().parse(CHANGE);
    Schema row = schema.getField("after").schema().getTypes().get(1);
    Schema source = schema.getField("source").schema();
    return avro(
        new GenericRecordBuilder(schema)
            .set("before", null)
            .set(
                "after",
                new GenericRecordBuilder(row)
                    .set("id", id)
                    .set("embedding", Arrays.stream(embedding).boxed().toList())
                    .build())
            .set("source", new GenericRecordBuilder(source).set("ts_ms", 1L).build())
            .set("op", "u")
            .build());
  }

  private static byte[] avroRow(String id, float... embedding) {
    List<Float> elements = new ArrayList<>();
    for (float element : embedding) {
      elements.add(element);
    }
    return avro(
        new GenericRecordBuilder(new Schema.Parser().parse(FEATURES))
            .set("driver_id", id)
            .set("event_timestamp", 1_700_000_000_000_000L)
            .set("embedding", elements)
            .build());
  }

  private static byte[] avro(GenericRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] protobufItem(String id, float... vector) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, id);
    out.writeBytes(2, ByteString.copyFrom(littleEndian(vector)));
    out.flush();
    return bytes.toByteArray();
  }

  /** A {@code ModelInferResponse} with raw contents: ids [n], embedding [n, 2]. */
  private static byte[] response(long[] ids, float... rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, "model");
    out.writeBytes(5, output("ids", "INT64", ids.length));
    out.writeBytes(5, output("embedding", "FP32", ids.length, 2));
    ByteBuffer numbers = ByteBuffer.allocate(8 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(ids).forEach(numbers::putLong);
    out.writeBytes(6, ByteString.copyFrom(numbers.array()));
    out.writeBytes(6, ByteString.copyFrom(littleEndian(rows)));
    out.flush();
    return bytes.toByteArray();
  }

  private static ByteString output(String name, String type, long... shape) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, name);
    out.writeString(2, type);
    for (long extent : shape) {
      out.writeInt64(3, extent);
    }
    out.flush();
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private static byte[] littleEndian(float... elements) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float element : elements) {
      bytes.putFloat(element);
    }
    return bytes.array();
  }
}
