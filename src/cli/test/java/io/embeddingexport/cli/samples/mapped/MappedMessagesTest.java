package io.embeddingexport.cli.samples.mapped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.TimestampProto;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.samples.SampleEvent;
import io.embeddingexport.cli.samples.SampleEvents;
import io.embeddingexport.cli.samples.SampleMessage;
import io.embeddingexport.cli.trial.ChosenInput;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.registry.RegistryListener;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class MappedMessagesTest {
  private static final String TOPIC = "item";
  private static final long MILLIS = 1_767_225_600_123L;

  private static final String KEYS =
      """
      model: item
      version: 3
      event-time-feature: 90
      keys:
        - {name: taste, key: 1, dtype: float, shape: [2, 3]}
        - {name: scores, key: 2, dtype: double, shape: [-1], optional: true}
        - {name: counts, key: 3, dtype: int64, shape: [2]}
        - {name: tags, key: 4, dtype: string, shape: [-1]}
      """;

  private static final String TENSORS =
      """
      tensors:
        taste: vectors.taste
        scores: {path: vectors.scores, dtype: double}
        counts: {path: counts, dtype: int64}
        tags: tags
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "entity-id: id\nmodel: model\nevent-time: at\n",
        "entity-id: {path: user.id, from-string: murmur3}\nmodel: {kafka: topic}\n"
            + "event-time: {path: at, unit: seconds}\nkey-config-version: v\n",
        "entity-id: {path: 'ids[1]'}\nmodel: {header: m}\nevent-time: {header: t, unit: micros}\n"
            + "delete: {path: op, value: c}\n",
        "entity-id: {kafka: key}\nmodel: {constant: item}\nevent-time: {header: t}\n",
        "entity-id: {kafka: key, from-string: int64}\nmodel: {constant: item}\nevent-time: at\n",
        "preset: debezium\nentity-id: id\nmodel: {constant: item}\n",
      })
  void samplesInJsonBecomeTheRecordsOfTheirTensors(String parts) throws Exception {
    ChosenInput input = input("format: json\n" + parts + TENSORS, Map.of());

    check(input, KEYS, true);
  }

  @Test
  void tensorsOfOneFieldHaveTheirNames() throws Exception {
    ChosenInput input =
        input(
            "format: json\nentity-id: id\nmodel: model\nevent-time: at\ntensors: vectors.*\n",
            Map.of());

    check(
        input,
        "model: item\nversion: 3\nkeys: [{name: taste, key: 1, dtype: float, shape: [2, 3]}]\n",
        true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: array, items: {type: array, items: float}}",
        "{type: array, items: double}",
        "['null', {type: array, items: ['null', float]}]",
      })
  void samplesInAvroBecomeTheRecordsOfTheirTensors(String list) throws Exception {
    ChosenInput input =
        input(
            "format: avro\nschema: {file: s.avsc}\nentity-id: {path: id, from-string: decimal}\n"
                + "model: model\nevent-time: at\ndelete: {path: op, value: C}\n"
                + TENSORS.replace(
                    "taste: vectors.taste", "taste: {path: vectors.taste, dtype: float}"),
            Map.of("s.avsc", avroSchema(list)));

    check(input, KEYS, true);
  }

  private static byte[] avroSchema(String list) throws Exception {
    String schema =
        """
        type: record
        name: Row
        fields:
          - {name: before, type: ['null', Row]}
          - {name: id, type: ['null', string]}
          - {name: model, type: {type: enum, name: Model, symbols: [user, item]}}
          - {name: at, type: {type: long, logicalType: timestamp-micros}}
          - {name: op, type: {type: enum, name: Op, symbols: [C, U]}}
          - {name: vectors, type: {type: record, name: Vectors, fields: [
              {name: taste, type: LIST}, {name: scores, type: ['null', {type: array, items: double}]},
              {name: other, type: {type: fixed, name: F, size: 3}}]}}
          - {name: counts, type: {type: array, items: long}}
          - {name: tags, type: {type: array, items: string}}
          - {name: extra, type: {type: map, values: int}}
          - {name: kept, type: string, default: x}
        """
            .replace("LIST", list);
    Object tree = new Yaml().load(schema);
    return new ObjectMapper().writeValueAsBytes(tree);
  }

  @Test
  void samplesInProtobufBecomeTheRecordsOfTheirTensors() throws Exception {
    ChosenInput input =
        input(
            "format: protobuf\nschema: {file: s.desc, message: shop.Item}\n"
                + "entity-id: id\nmodel: model\nevent-time: at\n"
                + TENSORS,
            Map.of("s.desc", descriptors()));

    check(input, KEYS, true);
  }

  private static byte[] descriptors() {
    DescriptorProto vectors =
        DescriptorProto.newBuilder()
            .setName("Vectors")
            .addField(field("taste", 1, Type.TYPE_FLOAT, Label.LABEL_REPEATED))
            .addField(field("scores", 2, Type.TYPE_DOUBLE, Label.LABEL_REPEATED))
            .build();
    DescriptorProto item =
        DescriptorProto.newBuilder()
            .setName("Item")
            .addField(
                field("id", 1, Type.TYPE_SINT64, Label.LABEL_OPTIONAL)
                    .setProto3Optional(true)
                    .setOneofIndex(0))
            .addOneofDecl(OneofDescriptorProto.newBuilder().setName("_id"))
            .addField(field("model", 2, Type.TYPE_STRING, Label.LABEL_OPTIONAL))
            .addField(
                field("at", 3, Type.TYPE_MESSAGE, Label.LABEL_OPTIONAL)
                    .setTypeName(".google.protobuf.Timestamp"))
            .addField(
                field("vectors", 4, Type.TYPE_MESSAGE, Label.LABEL_OPTIONAL)
                    .setTypeName(".shop.Vectors"))
            .addField(field("counts", 5, Type.TYPE_INT64, Label.LABEL_REPEATED))
            .addField(field("tags", 6, Type.TYPE_STRING, Label.LABEL_REPEATED))
            .build();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("item.proto")
            .setPackage("shop")
            .setSyntax("proto3")
            .addDependency("google/protobuf/timestamp.proto")
            .addMessageType(item)
            .addMessageType(vectors)
            .build();
    return FileDescriptorSet.newBuilder()
        .addFile(TimestampProto.getDescriptor().toProto())
        .addFile(file)
        .build()
        .toByteArray();
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, Type type, Label label) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kafka: value}",
        "{kafka: value, endian: big}",
        "{kafka: value, from: float16}",
        "{kafka: value, from: bfloat16, endian: big}",
        "{kafka: value, from: float64, dtype: float}",
        "{kafka: value, from: int8, scale: 0.01, zero-point: 3}",
        "{kafka: value, from: uint16, scale: 0.5, zero-point: 7}",
        "{kafka: value, from: uint8, dtype: float}",
        "{kafka: value, from: uint32, dtype: float}",
      })
  void rawSamplesHaveTheirTypeAndOrder(String source) throws Exception {
    ChosenInput input =
        input(
            "format: raw\nentity-id: {kafka: key}\nmodel: {kafka: topic}\ntensors:\n  taste: "
                + source
                + "\n",
            Map.of());

    check(
        input,
        "model: item\nversion: 1\nkeys: [{name: taste, key: 1, dtype: float, shape: [5]}]\n",
        source.equals("{kafka: value}")
            || source.contains("endian: big}") && !source.contains("from"));
  }

  @Test
  void aMappingThatTheJobWouldRejectIsRefusedWithTheJobsSentence() throws Exception {
    ChosenInput input =
        input(
            "format: json\nentity-id: id\nmodel: model\nevent-time: at\ntensors: {taste: a}\n",
            Map.of());
    SampleEvents events = new SampleEvents(1, List.of(config(KEYS)), 10);
    MappedMessages messages = MappedMessages.of(input, TOPIC);

    assertThatThrownBy(() -> messages.requireAccepted(input, TOPIC, events, ExportLimits.DEFAULT))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(
            "a job with this mapping would reject the samples of key config 'item' version 3: ")
        .hasMessageContaining("counts");
  }

  @Test
  void aSchemaWithoutAPlaceForAPartIsNamed() throws Exception {
    ChosenInput input =
        input(
            "format: avro\nschema: {file: s.avsc}\nentity-id: id\nmodel: model\nevent-time: at\n"
                + "tensors: {taste: model2, counts: counts, tags: tags}\n",
            Map.of("s.avsc", avroSchema("string")));
    SampleEvents events = new SampleEvents(1, List.of(config(KEYS)), 10);
    MappedMessages messages = MappedMessages.of(input, TOPIC);

    assertThatThrownBy(() -> messages.write(events.get(0), MILLIS))
        .isInstanceOf(CommandException.class)
        .hasMessage("the schema has no field model2; correct the mapping");
  }

  @Test
  void onlyTheModelThatAMappingNamesIsSent() throws Exception {
    ChosenInput input =
        input(
            "format: json\nentity-id: id\nmodel: {constant: other}\ntensors: {taste: a}\n",
            Map.of());
    MappedMessages messages = MappedMessages.of(input, TOPIC);

    assertThatThrownBy(() -> messages.of(List.of(config(KEYS)), TOPIC))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "the mapping gives every event the model 'other', and no key config is for it; name one"
                + " with --keys");
  }

  private static ChosenInput input(String text, Map<String, byte[]> files) throws Exception {
    return new ChosenInput(EventInput.parse("mapping.yaml", text.getBytes(UTF_8)), files);
  }

  private static KeyConfig config(String text) throws Exception {
    return KeyConfigParser.parse("keys.yaml", text.getBytes(UTF_8));
  }

  /**
   * @param exact whether the record's elements are those of the sample
   */
  private static void check(ChosenInput input, String keys, boolean exact) throws Exception {
    KeyConfig config = config(keys);
    KeyConfigs configs = new KeyConfigs();
    configs.set(config);
    Exporter exporter =
        new Exporter(
            input.input().newDecoder(input.files(), RegistryListener.NONE),
            configs,
            ExportLimits.DEFAULT);
    MappedMessages messages = MappedMessages.of(input, TOPIC);
    SampleEvents events = new SampleEvents(5, List.of(config), 1000);
    messages.requireAccepted(input, TOPIC, events, ExportLimits.DEFAULT);
    for (int i = 0; i < 50; i++) {
      SampleEvent event = events.get(i);
      Outcome outcome = exporter.export(envelope(messages.write(event, MILLIS)), 0);
      assertThat(outcome).as("event %s", i).isInstanceOf(Exported.class);
      if (exact) {
        checkTensors(event, ((Exported) outcome).record());
      }
    }
  }

  private static void checkTensors(SampleEvent event, byte[] record) throws Exception {
    Map<Long, Tensor> written = DataRecordReader.read(record).tensors();
    assertThat(written).hasSize(event.tensors().size());
    event
        .config()
        .keys()
        .forEach(
            key -> {
              Tensor sample = event.tensors().get(key.name());
              if (sample != null) {
                assertThat(written.get(key.key()).content()).isEqualTo(sample.content());
              }
            });
  }

  private static Envelope envelope(SampleMessage message) {
    Header[] headers =
        message.headers().entrySet().stream()
            .map(header -> new RecordHeader(header.getKey(), header.getValue()))
            .toArray(Header[]::new);
    return new Envelope(message.key(), message.value(), headers, MILLIS, TOPIC, 0, 0);
  }
}
