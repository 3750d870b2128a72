package io.embeddingexport.event.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.MappedTensors;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON of other people, by mappings. */
class MappedJsonTest {
  private static final String QDRANT =
      """
      format: json
      entity-id: {path: id, from-string: murmur3}
      model: collection_name
      tensors: {taste: vector}
      """;

  /** A message with parts of its own. */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  private record Message(
      byte[] value, byte @Nullable [] key, String topic, Map<String, byte[]> headers)
      implements EventMessage {
    @Override
    public byte @Nullable [] header(String name) {
      return headers.get(name);
    }
  }

  @Test
  void anEventOfTheQdrantConnectorShouldBeRead() throws Exception {
    Event event =
        event(
            QDRANT,
            """
            {"collection_name": "items", "id": "5c56c793", "vector": [0.5, -1], "payload": {"a": [1]}}
            """);

    assertThat(event.model()).isEqualTo("items");
    assertThat(event.entityId()).isEqualTo(FeatureId.murmur3("5c56c793".getBytes(UTF_8)));
    assertThat(tensors(event).get("taste").toFloats()).containsExactly(0.5f, -1);
  }

  @Test
  void aNumberShouldBeTheIdAsItIs() throws Exception {
    assertThat(event(QDRANT, "{\"collection_name\":\"i\",\"id\":7,\"vector\":[]}").entityId())
        .isEqualTo(7);
  }

  @Test
  void namedVectorsShouldBeTensorsByTheirNames() throws Exception {
    Event event =
        event(
            QDRANT.replace("{taste: vector}", "vector.*"),
            "{\"collection_name\":\"i\",\"id\":1,\"vector\":{\"a\":[1],\"b\":\"AACAPw==\"}}");

    assertThat(tensors(event)).containsOnlyKeys("a", "b");
    assertThat(tensors(event).get("b").toFloats()).containsExactly(1);
  }

  @Test
  void nestedArraysShouldStateTheirShape() throws Exception {
    Tensor tensor =
        tensors(event(QDRANT, "{\"collection_name\":\"i\",\"id\":1,\"vector\":[[1,2,3],[4,5,6]]}"))
            .get("taste");

    assertThat(tensor.shape().toArray()).containsExactly(2, 3);
    assertThat(tensor.toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aPathShouldLeadThroughObjectsAndLists() throws Exception {
    Event event =
        event(
            """
            format: json
            entity-id: user.id
            model: {constant: m}
            event-time: {path: meta.at, unit: seconds}
            key-config-version: meta.version
            tensors: {v: 'results[1].embedding'}
            """,
            """
            {"results": [{"embedding": [9]}, {"x": 1, "embedding": [1, 2]}, 3],
             "user": {"id": "-42", "x": {}}, "meta": {"at": 1.5, "version": "3"}}
            """);

    assertThat(event.entityId()).isEqualTo(-42);
    assertThat(event.eventTimeMillis()).isEqualTo(1500);
    assertThat(event.keyConfigVersion()).isEqualTo(3);
    assertThat(tensors(event).get("v").toFloats()).containsExactly(1, 2);
  }

  @Test
  void partsShouldComeFromTheMessageToo() throws Exception {
    byte[] key = ByteBuffer.allocate(8).putLong(77).array();
    Event event =
        (Event)
            decode(
                """
                format: json
                entity-id: {kafka: key, from-string: int64}
                model: {kafka: topic}
                key-config-version: {header: version}
                tensors: {v: {header: vector, from: float32, endian: big}}
                """,
                new Message(
                    "{}".getBytes(UTF_8),
                    key,
                    "topic-a",
                    Map.of(
                        "version",
                        "12".getBytes(UTF_8),
                        "vector",
                        ByteBuffer.allocate(8).putFloat(1).putFloat(-2).array())));

    assertThat(event.entityId()).isEqualTo(77);
    assertThat(event.model()).isEqualTo("topic-a");
    assertThat(event.keyConfigVersion()).isEqualTo(12);
    assertThat(tensors(event).get("v").toFloats()).containsExactly(1, -2);
  }

  @Test
  void givenNoIdInTheKeyThenItSaysSo() throws Exception {
    DecodeResult result =
        decode(
            """
            format: json
            entity-id: {kafka: key}
            model: {constant: m}
            tensors: {v: v}
            """,
            new Message("{}".getBytes(UTF_8), null, "t", Map.of()));

    assertThat(((DecodeFailure) result).detail())
        .isEqualTo("the message has no key, which gives the entity id; send it");
  }

  @Test
  void anEntityWithoutANumberShouldHaveItsName() throws Exception {
    Event event =
        event(
            QDRANT.replace("murmur3", "none"),
            "{\"collection_name\":\"i\",\"id\":\"ab\",\"vector\":[]}");

    assertThat(event.entityName()).isEqualTo("ab".getBytes(UTF_8));
    assertThat(event).asString().doesNotContain("ab");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {path: v, dtype: double}                          | [1.5, 2]       | DOUBLE | 000000000000f83f0000000000000040
          {path: v, dtype: int64}                           | [1, 2]         | INT64  | 01000000000000000200000000000000
          {path: v, dtype: bool}                            | [true, 0]      | BOOL   | 0100
          {path: v, dtype: float}                           | [-0]           | FLOAT  | 00000080
          {path: v, from: float16}                          | "ADw="         | FLOAT  | 0000803f
          {path: v, from: float16, endian: big}             | "PAA="         | FLOAT  | 0000803f
          {path: v, from: bfloat16}                         | "gD8="         | FLOAT  | 0000803f
          {path: v, from: float64, dtype: float}            | "AAAAAAAA8D8=" | FLOAT  | 0000803f
          {path: v, endian: big}                            | "P4AAAA=="     | FLOAT  | 0000803f
          {path: v, from: uint8}                            | "/wE="         | UINT8  | ff01
          {path: v, from: int8}                             | "/w=="         | INT32  | ffffffff
          {path: v, from: int8, scale: 0.5, zero-point: 1}  | "/wM="         | FLOAT  | 000080bf0000803f
          {path: v, scale: 0.5, zero-point: 1}              | [-1, 3]        | FLOAT  | 000080bf0000803f
          {path: v, scale: 0.5}                             | 2              | FLOAT  | 0000803f
          {path: v, dtype: double, from: uint8, scale: 2}   | "AQ=="         | DOUBLE | 0000000000000040
          v                                                 | 1.5            | FLOAT  | 0000c03f
          v                                                 | true           | BOOL   | 01
          {path: v, dtype: string}                          | "ab"           | STRING | 000000026162
          v                                                 | {"dtype": "float64", "data": [1]} | DOUBLE | 000000000000f03f
          """)
  void elementsShouldBecomeWhatTheMappingSays(
      String source, String value, DataType dataType, String hex) throws Exception {
    Tensor tensor = tensors(event(oneTensor(source), "{\"v\":" + value + "}")).get("v");

    assertThat(tensor.dataType()).isEqualTo(dataType);
    ByteBuffer content = tensor.content();
    StringBuilder found = new StringBuilder();
    while (content.hasRemaining()) {
      found.append("%02x".formatted(content.get()));
    }
    assertThat(found).hasToString(hex);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {path: v, from: float16}     | "AAA8"     | byte 5: v: has 3 bytes, no whole number of float16 elements
          {path: v, dtype: int32}      | [1.5]      | byte 6: v: element 0 is not a whole number from -2147483648 to 2147483647
          {path: v, scale: 2}          | [1.5]      | byte 6: v: element 0 is not a whole number from -9223372036854775808 to 9223372036854775807
          {path: v, from: uint8, dtype: bool} | "Ag==" | byte 5: v: has an element that is beyond the range of BOOL
          v                            | "%"        | byte 5: v: the text is not valid base64
          {path: v, dtype: string}     | 5          | byte 5: v: the tensor is not a string
          """)
  void elementsThatDoNotFitShouldBeRefused(String source, String value, String detail)
      throws Exception {
    DecodeResult result = decode(oneTensor(source), message("{\"v\":" + value + "}"));

    assertThat(result).isEqualTo(new DecodeFailure(detail));
  }

  @ParameterizedTest
  @CsvSource({"'', c", "'{\"schema\":{},\"payload\":', r"})
  void aChangeOfDebeziumShouldBeReadWithAndWithoutItsSchema(String before, String op)
      throws Exception {
    String change =
        "{\"before\":null,\"after\":{\"id\":5,\"embedding\":[1.5,2]},\"op\":\""
            + op
            + "\",\"source\":{\"ts_ms\":1700}}";

    Event event = event(DEBEZIUM, before + change + (before.isEmpty() ? "" : "}"));

    assertThat(event.entityId()).isEqualTo(5);
    assertThat(event.eventTimeMillis()).isEqualTo(1700);
    assertThat(tensors(event).get("v").toFloats()).containsExactly(1.5f, 2);
  }

  private static final String DEBEZIUM =
      """
      format: json
      preset: debezium
      entity-id: id
      model: {constant: item}
      tensors: {v: {path: embedding, dtype: float}}
      """;

  @Test
  void aDeletionOfDebeziumShouldDelete() throws Exception {
    assertThat(
            decode(
                DEBEZIUM,
                message("{\"before\":{\"id\":5},\"after\":null,\"op\":\"d\",\"source\":{}}")))
        .isEqualTo(new Deletion("item", null));
  }

  @ParameterizedTest
  @CsvSource({"decimal, 5, 0000000000000005", "none, x5, 7835"})
  void aDeletionShouldHaveTheKeyOfItsEntitysRecords(String form, String id, String key)
      throws Exception {
    String mapping =
        """
        format: json
        entity-id: {path: id, from-string: %s}
        model: {constant: m}
        delete: {path: op, value: d}
        tensors: {v: vector}
        """
            .formatted(form);

    assertThat(decode(mapping, message("{\"id\":\"" + id + "\",\"op\":\"d\"}")))
        .isEqualTo(new Deletion("m", Bytes.of(HexFormat.of().parseHex(key))));
    assertThat(decode(mapping, message("{\"op\":\"d\"}"))).isEqualTo(new Deletion("m", null));
  }

  @Test
  void rawBytesShouldBeOneTensor() throws Exception {
    Event event =
        (Event)
            decode(
                """
                format: raw
                entity-id: {kafka: key, from-string: feature-id}
                model: {constant: m}
                tensors: {v: {kafka: value}}
                """,
                new Message(new byte[] {0, 0, -128, 63}, "k".getBytes(UTF_8), "t", Map.of()));

    assertThat(event.entityId()).isEqualTo(FeatureId.of("k"));
    assertThat(tensors(event).get("v").toFloats()).containsExactly(1);
  }

  private static String oneTensor(String source) {
    return "format: json\nentity-id: {constant: '1'}\nmodel: {constant: m}\ntensors: {v: "
        + source
        + "}\n";
  }

  private static Event event(String input, String json) throws Exception {
    DecodeResult result = decode(input, message(json));
    assertThat(result).isInstanceOf(Event.class);
    return (Event) result;
  }

  private static EventMessage message(String json) {
    return EventMessage.of(json.getBytes(UTF_8));
  }

  private static DecodeResult decode(String input, EventMessage message) throws Exception {
    EventDecoder decoder = EventInput.parse("test", input.getBytes(UTF_8)).newDecoder();
    return decoder.decode(message, KnownModels.NONE);
  }

  private static Map<String, Tensor> tensors(Event event) {
    var decoded = ((MappedTensors) event.tensors()).decoded();
    Map<String, Tensor> tensors = new HashMap<>();
    for (int i = 0; i < decoded.tensors().length; i++) {
      tensors.put(decoded.names()[i], decoded.tensors()[i]);
    }
    return tensors;
  }
}
