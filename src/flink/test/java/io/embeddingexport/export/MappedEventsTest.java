package io.embeddingexport.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.EventTensors;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.RetiredModel;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.Test;

/** Events whose tensors are payloads in place give the same records as decoded tensors. */
class MappedEventsTest {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final String KEYS =
      """
      model: m
      version: 1
      entity-id-feature: 5
      keys:
        - {name: a, key: 1, dtype: float, shape: [3], non-finite: reject}
        - {name: b, key: 2, dtype: int64, shape: [2]}
        - {name: c, key: 3, dtype: uint8, shape: [4], optional: true}
      ---
      model: named
      version: 1
      output-topic: elsewhere
      keys: [{name: a, key: 1, dtype: float, shape: [3], optional: true}]
      """;

  private final KeyConfigs configs = new KeyConfigs();

  MappedEventsTest() throws Exception {
    for (String config : KEYS.split("---")) {
      configs.set(KeyConfigParser.parse("test", config.getBytes(UTF_8)));
    }
  }

  /** Now and then one is missing, twice there, too long, of another type, or not finite. */
  @Property(tries = 2000)
  void placedAndDecodedShouldBeTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    MappedTensors tensors = new MappedTensors();
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    if (random.nextInt(4) == 0) {
      names.remove(0);
    }
    if (random.nextInt(8) == 0) {
      names.add(NAMES.get(random.nextInt(3)));
    }
    for (String name : names) {
      add(tensors, name, random);
    }

    Outcome placed = export(event(tensors));
    Outcome decoded = export(event(tensors.decoded()));

    if (placed instanceof Exported exported) {
      assertThat(exported.record()).isEqualTo(((Exported) decoded).record());
    } else {
      assertThat(placed).isEqualTo(decoded);
    }
  }

  private static void add(MappedTensors tensors, String name, Random random) {
    DataType type =
        switch (name) {
          case "a" -> random.nextInt(20) == 0 ? DataType.INT32 : DataType.FLOAT;
          case "b" -> DataType.INT64;
          default -> DataType.UINT8;
        };
    int count =
        switch (name) {
          case "a" -> 3;
          case "b" -> 2;
          default -> random.nextInt(10) == 0 ? 5 : 4;
        };
    int from = random.nextInt(5);
    ByteBuffer payload =
        ByteBuffer.allocate(from + count * type.elementBytes() + 3).order(ByteOrder.LITTLE_ENDIAN);
    random.nextBytes(payload.array());
    for (int i = 0; i < count && type == DataType.FLOAT; i++) {
      payload.putFloat(from + 4 * i, random.nextInt(20) == 0 ? Float.NaN : random.nextFloat());
    }
    tensors.add(name, type, payload.array(), from, count * type.elementBytes(), null);
  }

  @Test
  void anEntityWithoutANumberShouldBeRejectedIfItsNumberIsWritten() {
    MappedTensors tensors = new MappedTensors();
    Random random = new Random(1);
    NAMES.forEach(name -> add(tensors, name, random));
    Event event =
        new Event(
            0, new byte[] {7}, null, Event.NO_EVENT_TIME, "m", null, Event.NO_VERSION, tensors);

    assertThat(((Rejected) export(event)).reason()).isEqualTo(RejectReason.MISSING_ENTITY_ID);
  }

  @Test
  void aNameShouldBeHandedOn() {
    MappedTensors none = new MappedTensors();
    Event event =
        new Event(
            0, new byte[] {7}, null, Event.NO_EVENT_TIME, "named", null, Event.NO_VERSION, none);

    assertThat(((Exported) export(event)).entityName()).containsExactly(7);
  }

  @Test
  void everyItemShouldHaveItsOwnOutcome() {
    MappedTensors none = new MappedTensors();
    Event event = new Event(1, Event.NO_EVENT_TIME, "named", null, Event.NO_VERSION, none);
    Event unknown = new Event(2, Event.NO_EVENT_TIME, "x", null, Event.NO_VERSION, none);
    EventDecoder decoder =
        (message, models) ->
            new DecodedItems(
                List.of(event, new DecodeFailure("bad"), unknown, new Deletion("named", null)));

    List<Outcome> outcomes = ((Items) exporter(decoder).export(new byte[1], true)).outcomes();

    assertThat(((Exported) outcomes.get(0)).entityId()).isEqualTo(1);
    assertThat(((Rejected) outcomes.get(1)).reason()).isEqualTo(RejectReason.UNDECODABLE);
    assertThat(((Rejected) outcomes.get(2)).reason()).isEqualTo(RejectReason.NO_KEY_CONFIG);
    assertThat(outcomes.get(3)).isEqualTo(new Tombstone("elsewhere"));
  }

  @Test
  void aDeletionShouldGoToTheTopicOfItsModelEvenIfThatIsRetired() {
    configs.set(new RetiredModel("gone", 7, "of-gone"));

    assertThat(exporter((message, models) -> new Deletion("gone", null)).export(new byte[1], true))
        .isEqualTo(new Tombstone("of-gone"));
  }

  @Test
  void aDeletionShouldHaveTheMessagesKeyElseThatOfItsEntity() {
    Bytes key = Bytes.ofUtf8("e");
    Exporter exporter = exporter((message, models) -> new Deletion("named", key));

    assertThat(exporter.export(new byte[1], true)).isEqualTo(new Tombstone("elsewhere", null));
    assertThat(exporter.export(new byte[1], false)).isEqualTo(new Tombstone("elsewhere", key));
  }

  @Test
  void aDeletionWithoutKeyAndEntityIdShouldBeRejected() {
    Outcome outcome =
        exporter((message, models) -> new Deletion("m", null)).export(new byte[1], false);

    assertThat(((Rejected) outcome).reason()).isEqualTo(RejectReason.TOMBSTONE_WITHOUT_KEY);
    assertThat(((Rejected) outcome).detail()).contains("neither a Kafka key nor an entity id");
  }

  private static Event event(EventTensors tensors) {
    return new Event(9, Event.NO_EVENT_TIME, "m", null, Event.NO_VERSION, tensors);
  }

  private Outcome export(Event event) {
    return exporter((message, models) -> event).export(EventMessage.of(new byte[1]), 0);
  }

  private Exporter exporter(EventDecoder decoder) {
    return new Exporter(decoder, configs, ExportLimits.DEFAULT);
  }

  @Test
  void theTextOfAnEntityIdShouldBeAStringFeature() throws Exception {
    KeyConfigs texts = new KeyConfigs();
    String keyConfig =
        """
        model: m
        version: 1
        entity-id-feature: 5
        entity-id-text-feature: 6
        keys: [{name: a, key: 1, dtype: int32, shape: [%s]}]
        """;
    texts.set(KeyConfigParser.parse("test", keyConfig.formatted("2").getBytes(UTF_8)));
    EventInput input =
        EventInput.parse(
            "test",
            """
            format: json
            entity-id: {path: id, from-string: murmur3}
            model: {constant: m}
            tensors: {a: {path: a, dtype: int32}}
            """
                .getBytes(UTF_8));
    Exporter exporter = new Exporter(input.newDecoder(), texts, ExportLimits.DEFAULT);
    byte[] event = "{\"id\": \"\u00e4 1\", \"a\": [1, -2]}".getBytes(UTF_8);

    byte[] expected = textRecord();
    assertThat(((Exported) exporter.export(event, true)).record()).isEqualTo(expected);
    Outcome number = exporter.export("{\"id\": 7, \"a\": [1, -2]}".getBytes(UTF_8), true);
    assertThat(((Rejected) number).reason()).isEqualTo(RejectReason.MISSING_ENTITY_ID);
    assertThat(((Rejected) number).detail()).contains("is a number, no text");

    ExportLimits exact = new ExportLimits(1_000, expected.length);
    assertThat(new Exporter(input.newDecoder(), texts, exact).export(event, true))
        .isInstanceOf(Exported.class);
    ExportLimits less = new ExportLimits(1_000, expected.length - 1);
    Outcome large = new Exporter(input.newDecoder(), texts, less).export(event, true);
    assertThat(((Rejected) large).reason()).isEqualTo(RejectReason.RECORD_TOO_LARGE);
    assertThat(((Rejected) large).detail()).contains(expected.length + " bytes");

    // A shape that is not fixed has another way to its record.
    texts.set(KeyConfigParser.parse("test", keyConfig.formatted("-1").getBytes(UTF_8)));
    assertThat(((Exported) exporter.export(event, true)).record()).isEqualTo(expected);
  }

  /** As libthrift writes it. */
  private static byte[] textRecord() throws TException {
    ByteBuffer content = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(-2);
    RawTypedTensor tensor =
        new RawTypedTensor(io.embeddingexport.thrift.DataType.INT32, content.flip());
    tensor.addToShape(2);
    DataRecord record = new DataRecord();
    record.putToDiscreteFeatures(5, FeatureId.murmur3("\u00e4 1".getBytes(UTF_8)));
    record.putToStringFeatures(6, "\u00e4 1");
    record.putToTensors(1, GeneralTensor.rawTypedTensor(tensor));
    return new TSerializer(new TBinaryProtocol.Factory()).serialize(record);
  }
}
