package io.embeddingexport.event.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventTensors;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.input.EventInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventDecoderTest {
  private final EventDecoder decoder = EventInput.of(EventFormat.JSON).newDecoder();

  @Test
  void givenAnEventWhenDecodedThenEveryFieldIsRead() {
    Event event =
        event(
            """
            {"entityId": -9223372036854775808, "eventTimeMillis": 7, "model": "m",
             "keyConfigVersion": 9007199254740993, "tensors": [[1, 2.5, -0.0]]}
            """);

    assertThat(event.entityId()).isEqualTo(Long.MIN_VALUE);
    assertThat(event.eventTimeMillis()).isEqualTo(7);
    assertThat(event.model()).isEqualTo("m");
    assertThat(event.keyConfigVersion()).isEqualTo(9_007_199_254_740_993L);
    assertThat(given(event).names()).isNull();
    assertThat(given(event).tensors()[0].dataType()).isEqualTo(DataType.FLOAT);
    assertThat(given(event).tensors()[0].hasShape()).isFalse();
    assertThat(given(event).tensors()[0].toFloats()).containsExactly(1f, 2.5f, -0.0f);
  }

  @Test
  void givenFieldsThatMayBeLeftOutWhenNullOrMissingThenTheyAreSaidToBeMissing() {
    Event missing = event("{\"entityId\":1,\"model\":\"m\",\"tensors\":[]}");
    Event nulls =
        event(
            "{\"entityId\":1,\"eventTimeMillis\":null,\"model\":\"m\",\"keyConfigVersion\":null,"
                + "\"tensors\":[]}");

    assertThat(missing.hasEventTime() || nulls.hasEventTime()).isFalse();
    assertThat(missing.keyConfigVersion() + nulls.keyConfigVersion()).isZero();
  }

  @Test
  void givenUnknownFieldsWhenDecodedThenTheyAreSkipped() {
    Event event =
        event(
            "{\"x\":{\"tensors\":[1,{}]},\"entityId\":1,\"model\":\"m\",\"y\":[[]],\"tensors\":[],"
                + "\"z\":\"\"}");

    assertThat(event.entityId()).isEqualTo(1);
  }

  @Test
  void givenTensorsByNameWhenDecodedThenNamesAndTensorsCorrespond() {
    Event event =
        event("{\"entityId\":1,\"model\":\"m\",\"tensors\":{\"b\":[2],\"a\":[1],\"b\":[3]}}");

    assertThat(given(event).names()).containsExactly("b", "a", "b");
    assertThat(given(event).tensors()[2].toFloats()).containsExactly(3f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1, 2]                                                  | FLOAT  | 0000803f00000040
          ["NaN", "Infinity", "-Infinity", 0]                     | STRING | -
          [1, "NaN", "Infinity", "-Infinity"]                     | FLOAT  | 0000803f0000c07f0000807f000080ff
          {"data": ["NaN"], "dtype": "FLOAT"}                     | FLOAT  | 0000c07f
          {"dtype": "DOUBLE", "data": [1, "-Infinity"]}           | DOUBLE | 000000000000f03f000000000000f0ff
          {"dtype": "float", "data": [-2]}                        | FLOAT  | 000000c0
          {"dtype": "INT32", "data": [-2147483648, 2147483647]}   | INT32  | 00000080ffffff7f
          {"dtype": "INT64", "data": [9223372036854775807]}       | INT64  | ffffffffffffff7f
          {"dtype": "UINT8", "data": [0, 255]}                    | UINT8  | 00ff
          {"dtype": "BOOL", "data": [true, false, 1, 0]}          | BOOL   | 01000100
          {"data": [1, 2], "dtype": "INT64"}                      | INT64  | 01000000000000000200000000000000
          {"data": [1e39], "dtype": "DOUBLE"}                     | DOUBLE | 1d4a9cf487820748
          {"data": [true, 0, 1], "dtype": "BOOL"}                 | BOOL   | 010001
          {"data": [], "dtype": "STRING"}                         | STRING | ''
          {"data": ["a"], "dtype": "STRING"}                      | STRING | 0000000161
          [-0, 0, -0.0, -0e1]                                     | FLOAT  | 00000080000000000000008000000080
          {"dtype": "DOUBLE", "data": [-0, 0]}                    | DOUBLE | 00000000000000800000000000000000
          {"dtype": "INT32", "data": [-0]}                        | INT32  | 00000000
          [true, false]                                           | BOOL   | 0100
          ["a", "ä", ""]                                          | STRING | 000000016100000002c3a400000000
          {"dtype": "STRING", "data": []}                         | STRING | ''
          {"base64": "AACAPw=="}                                  | FLOAT  | 0000803f
          {"base64": "AACAPw"}                                    | FLOAT  | 0000803f
          {"dtype": "INT32", "base64": "AQAAAA=="}                | INT32  | 01000000
          {"base64": "AQAAAAAAAAA=", "dtype": "INT64"}            | INT64  | 0100000000000000
          []                                                      | FLOAT  | ''
          """)
  void givenATensorWhenDecodedThenItsElementsAreLittleEndian(
      String json, DataType type, String content) {
    if (content.equals("-")) {
      assertThat(detail("{\"tensors\": [" + json + "]}"))
          .endsWith("tensor 0: element 3 is not a string");
      return;
    }
    Tensor tensor = tensor(json);

    assertThat(tensor.dataType()).isEqualTo(type);
    assertThat(java.util.HexFormat.of().formatHex(bytes(tensor.content()))).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shape\": [2, 3], \"data\": [1, 2, 3, 4, 5, 6]}",
        "{\"data\": [1, 2, 3, 4, 5, 6], \"shape\": [2, 3]}",
        "{\"dtype\": \"STRING\", \"shape\": [2, 3], \"data\": [\"\", \"\", \"\", \"\", \"\", \"\"]}"
      })
  void givenAShapeWhenDecodedThenTheTensorStatesIt(String json) {
    assertThat(tensor(json).hasShape()).isTrue();
    assertThat(tensor(json).shape()).isEqualTo(Shape.of(2, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, 2]", "[\"a\", \"b\"]", "{\"base64\": \"AACAPw==\"}"})
  void givenNoShapeWhenDecodedThenTheTensorStatesNone(String json) {
    assertThat(tensor(json).hasShape()).isFalse();
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"dtype": "INT32", "data": [2147483648]}   | element 0 is not a whole number from -2147483648 to 2147483647
          {"dtype": "INT64", "data": [0, 9223372036854775808]} | element 1 is not a whole number from -9223372036854775808 to 9223372036854775807
          {"dtype": "INT32", "data": [1.0]}          | element 0 is not a whole number from -2147483648 to 2147483647
          {"dtype": "UINT8", "data": [256]}          | element 0 is not a whole number from 0 to 255
          {"dtype": "UINT8", "data": [-1]}           | element 0 is not a whole number from 0 to 255
          {"dtype": "BOOL", "data": [2]}             | element 0 is not a whole number from 0 to 1
          [1, 1e39]                                  | element 1 is beyond the range of FLOAT
          {"dtype": "DOUBLE", "data": [1e309]}       | element 0 is beyond the range of DOUBLE
          [1, "secret"]                              | element 1 is neither a number nor "NaN", "Infinity", "-Infinity"
          [1, null]                                  | element 1 is neither a number nor "NaN", "Infinity", "-Infinity"
          [[1], 2]                                   | elements are in a different number of arrays; send one depth
          [1, [2]]                                   | elements are in a different number of arrays; send one depth
          [[], [[1]]]                                | elements are in a different number of arrays; send one depth
          [[1], [2, 3]]                              | arrays of one depth have different lengths; send equal ones
          [[[1]], []]                                | arrays of one depth have different lengths; send equal ones
          ["a", 1]                                   | element 1 is not a string
          ["\\ud800"]                                | element 0 contains half of a surrogate pair, which UTF-8 cannot encode
          {"dtype": "FLOT", "data": []}              | dtype must be one of float, double, int32, int64, uint8, string, bool, float32, float64
          {"dtype": "BYTE", "data": []}              | dtype must be one of float, double, int32, int64, uint8, string, bool, float32, float64
          {"dtype": 0, "data": []}                   | dtype is not a string
          {"shape": [2], "data": [1]}                | the shape has 2 elements (rank 1), but the tensor has 1
          {"shape": [-1], "data": [1]}               | shape[0] is not a whole number from 0 to 2147483647
          {"shape": [65536, 65536], "data": []}      | a shape of rank 2 has 2^31 elements or more
          {"shape": 2, "data": []}                   | shape is not an array
          {"shape": [1], "base64": ""}               | the shape has 1 elements (rank 1), but the tensor has 0
          {"base64": "AACAP"}                        | base64 is not valid base64
          {"base64": "sécret"}                       | base64 is not valid base64
          {"base64": "AAA="}                         | 2 bytes are not a whole number of FLOAT elements
          {"base64": 1}                              | base64 is not a string
          {"dtype": "STRING", "base64": "AAAA"}      | strings cannot be sent as base64; send them as data
          {"data": [], "base64": ""}                 | data or base64 is given twice; send one of them
          {"data": [], "data": []}                   | data or base64 is given twice; send one of them
          {"dtype": "FLOAT", "dtype": "INT32", "data": []} | dtype is given twice; send it once
          {"data": [1e39]}                           | element 0 is beyond the range of FLOAT
          {"data": [1e39], "dtype": "FLOAT"}         | element 0 is beyond the range of FLOAT
          {"data": [2], "dtype": "BOOL"}             | element 0 is not a whole number from 0 to 1
          {"data": [1, [[2], {"a": [3]}], 4]}        | elements are in a different number of arrays; send one depth
          {"data": [1, {"a": [[3]]}], "b": 4}        | a tensor has dtype, shape, and data or base64; nothing else
          {"shpae": [1], "data": [1]}                | a tensor has dtype, shape, and data or base64; nothing else
          {"data": 1}                                | data is not an array
          {}                                         | neither data nor base64
          1                                          | neither an array nor an object
          """)
  void givenATensorThatIsNoneWhenDecodedThenItSaysWhereAndWhyWithoutThePayload(
      String json, String detail) {
    assertThat(detail("{\"tensors\": [[], " + json + "]}"))
        .matches("byte \\d+: .*")
        .endsWith(": tensor 1: " + detail)
        .doesNotContain("secret")
        .doesNotContain("sécret");
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | byte 0: no UTF-8 JSON object begins here
          []                                  | byte 0: no UTF-8 JSON object begins here
          {"entityId": 1                      | byte 14: the text ends inside a value
          {"entityId": secret}                | byte 20: not valid JSON
          {"model": 'secret'}                 | byte 10: not valid JSON
          {"entityId": 1, "entityId": 1}      | byte 28: entityId is given twice; send it once
          {"entityId": 9223372036854775808}   | byte 13: entityId is not a whole number from -9223372036854775808 to 9223372036854775807
          {"entityId": "secret"}              | byte 13: entityId is not a decimal 64-bit number; send one, or say in the mapping what its text becomes (from-string)
          {"entityId": ""}                    | byte 13: entityId is empty; send the entity's id
          {"entityId": true}                  | byte 13: entityId is not a whole number from -9223372036854775808 to 9223372036854775807
          {"keyConfigVersion": -1}            | byte 21: keyConfigVersion is -1; send 1 or more, or leave it out
          {"model": 5}                        | byte 10: model is not a string
          {"tensors": 5}                      | byte 12: tensors is neither an array (by position) nor an object (by name)
          {"tensors": [{"dtype": "INT32", "data": [1, 2.5]}]} | byte 44: tensor 0: element 1 is not a whole number from -2147483648 to 2147483647
          {}                                  | the event has no entityId; send it
          {"entityId": 1}                     | the event has no model; send it
          {"entityId": 1, "model": "m"}       | the event has no tensors; send it
          """)
  void givenTextThatIsNoEventWhenDecodedThenItSaysWhereAndWhyWithoutThePayload(
      String json, String detail) {
    assertThat(detail(json)).isEqualTo(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"entityId\": 1",
        "\"eventTimeMillis\": 1",
        "\"model\": \"m\"",
        "\"keyConfigVersion\": 1",
        "\"tensors\": []"
      })
  void everyFieldShouldComeOnce(String field) {
    String name = field.substring(1, field.indexOf('"', 1));

    assertThat(detail("{" + field + ", " + field + "}"))
        .endsWith(": " + name + " is given twice; send it once");
  }

  @Test
  void aVersionOfZeroShouldBeNone() {
    assertThat(
            event("{\"entityId\":1,\"model\":\"m\",\"keyConfigVersion\":0,\"tensors\":[]}")
                .keyConfigVersion())
        .isEqualTo(Event.NO_VERSION);
  }

  @Test
  void spaceBeforeTheEventShouldBeSkippedAndNothingElse() {
    String event = "{\"entityId\":1,\"model\":\"m\",\"tensors\":[]}";

    assertThat(event("\t\r\n " + event).entityId()).isEqualTo(1);
    for (String before : new String[] {"\0", "!", "\u00e9", "\ufeff"}) {
      assertThat(detail(before + event)).isEqualTo("byte 0: no UTF-8 JSON object begins here");
    }
    assertThat(detail("  ")).isEqualTo("byte 0: no UTF-8 JSON object begins here");
    assertThat(detail("{")).isEqualTo("byte 1: the text ends inside a value");
    assertThat(detail("{\0")).isEqualTo("byte 0: no UTF-8 JSON object begins here");
  }

  /** A character beyond U+FFFF is two chars of a String, which only together are a character. */
  @Test
  void everyTextShouldBeEncodableAsUtf8() {
    String half = " contains half of a surrogate pair, which UTF-8 cannot encode";
    String whole = "\\ud83d\\ude42";

    for (String text : new String[] {whole, "a" + whole + whole + "b", "\\ud7ff\\ue000"}) {
      assertThat(tensor("[\"" + text + "\"]").elementCount()).isEqualTo(1);
      assertThat(event("{\"entityId\":1,\"model\":\"%s\",\"tensors\":[]}".formatted(text)).model())
          .isEqualTo(text.replace(whole, "\ud83d\ude42").replace("\\ud7ff\\ue000", "\ud7ff\ue000"));
    }
    for (String text :
        new String[] {"\\ud83d", "a\\ude42", "\\ude42\\ud83d", "\\ud83dx", whole + "\\ud83d"}) {
      assertThat(detail("{\"model\":\"" + text + "\"}")).endsWith(": model" + half);
      assertThat(detail("{\"tensors\":[[\"a\",\"" + text + "\"]]}"))
          .endsWith(": tensor 0: element 1" + half);
    }
  }

  @Test
  void whatIsTooDeepOrTooLongShouldBeRefused() {
    String limits =
        "nested more than 64 deep, or a name of more than 1000 or a number of more than 400"
            + " characters; send it in another form";
    assertThat(detail("{\"x\":" + "[".repeat(64))).isEqualTo("byte 69: " + limits);
    assertThat(detail("{\"entityId\":" + "9".repeat(401) + "}")).endsWith(limits);
    assertThat(detail("{\"" + "n".repeat(1001) + "\":1}")).endsWith(limits);
  }

  @Test
  void aShapeShouldHaveAnyRank() {
    for (int rank : new int[] {0, 8, 9, 17}) {
      String ones = IntStream.range(0, rank).mapToObj(i -> "1").collect(Collectors.joining(","));

      assertThat(tensor("{\"shape\": [" + ones + "], \"data\": [1]}").shape().rank())
          .isEqualTo(rank);
    }
  }

  /** More elements than a decoder keeps memory for, and few after them. */
  @Test
  void elementsShouldBeReadWhateverTheirNumber() {
    for (int count : new int[] {255, 256, 257, 300_000, 1}) {
      float[] elements = new float[count];
      for (int i = 0; i < count; i++) {
        elements[i] = i;
      }
      String numbers =
          IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));

      assertThat(tensor("[" + numbers + "]").toFloats()).isEqualTo(elements);
    }
  }

  @Test
  void givenMoreAfterTheEventWhenDecodedThenItIsRefused() {
    String event = "{\"entityId\":1,\"model\":\"m\",\"tensors\":[]}";

    assertThat(detail(event + event))
        .endsWith("more data follows the event; send one event per" + " message");
    assertThat(detail(event + " x")).endsWith("not valid JSON");
    assertThat(decode(event + " \n\t")).isInstanceOf(Event.class);
  }

  @Test
  void givenAnotherCharacterEncodingWhenDecodedThenItIsRefused() {
    String event = "{\"entityId\":1,\"model\":\"m\",\"tensors\":[]}";
    for (var charset :
        new java.nio.charset.Charset[] {
          StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16
        }) {
      assertThat(decoder.decode(event.getBytes(charset))).isInstanceOf(DecodeFailure.class);
    }
  }

  private Tensor tensor(String json) {
    return given(event("{\"entityId\":1,\"model\":\"m\",\"tensors\":[" + json + "]}")).tensors()[0];
  }

  private Event event(String json) {
    DecodeResult decoded = decode(json);
    assertThat(decoded).isInstanceOf(Event.class);
    return (Event) decoded;
  }

  private String detail(String json) {
    DecodeResult decoded = decode(json);
    assertThat(decoded).isInstanceOf(DecodeFailure.class);
    return ((DecodeFailure) decoded).detail();
  }

  private DecodeResult decode(String json) {
    return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  private static EventTensors.DecodedTensors given(Event event) {
    return event.tensors() instanceof MappedTensors mapped
        ? mapped.decoded()
        : (EventTensors.DecodedTensors) event.tensors();
  }

  /** Jackson takes "mode FF l" for "model" once it has met that name. */
  @Test
  void givenAByteThatIsNoUtf8WhenDecodedThenItIsRefusedWhateverCameBefore() {
    EventDecoder decoder = EventInput.of(EventFormat.JSON).newDecoder();
    byte[] valid = "{\"entityId\":1,\"model\":\"m\",\"tensors\":[]}".getBytes(UTF_8);
    byte[] wrong = "{\"entityId\":1,\"mode?l\":\"m\",\"tensors\":[]}".getBytes(UTF_8);
    wrong[19] = (byte) 0xff;

    DecodeResult fresh = decoder.decode(wrong);
    assertThat(decoder.decode(valid)).isInstanceOf(Event.class);

    assertThat(fresh).isEqualTo(new DecodeFailure("byte 19: not UTF-8: a byte FF"));
    assertThat(decoder.decode(wrong)).isEqualTo(fresh);
  }
}
