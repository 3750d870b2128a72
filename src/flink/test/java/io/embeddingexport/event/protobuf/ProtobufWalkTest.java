package io.embeddingexport.event.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.mapping.Mappings;
import io.embeddingexport.event.plan.InvalidSchemaException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufWalkTest {
  private static final String SCHEMA =
      """
      syntax = "proto3";
      package shop;
      import "google/protobuf/timestamp.proto";
      import "google/protobuf/wrappers.proto";
      import "company/options.proto";
      message Taste {
        int64 id = 1;
        string model = 2;
        google.protobuf.Timestamp at = 3;
        repeated float vector = 4;
        map<string, Vector> vectors = 5;
        repeated string tags = 6;
        bytes raw = 7;
        repeated Result results = 8;
        repeated sint32 codes = 9;
        google.protobuf.Int64Value user = 10;
        repeated uint64 counts = 11;
        fixed32 one = 12;
        bool gone = 13;
        Op op = 14;
        map<string, bytes> payloads = 300;
      }
      message Vector { repeated float values = 1; int32 dim = 2; }
      enum Op { PUT = 0; DEL = 5; }
      message Result { string name = 1; Vector embedding = 2; }
      """;

  /** Entity 150, model m. */
  private static final String HEAD = "089601 12016d ";

  private static EventDecoder decoder(String mapping) throws InvalidSchemaException {
    return ProtobufEvents.newDecoder(
        Mappings.parse(mapping),
        ProtobufSchemas.ofFile("taste.proto", SCHEMA.getBytes(UTF_8), "shop.Taste"));
  }

  private static DecodeResult decode(String tensors, String hex) throws InvalidSchemaException {
    return decoder("entity-id: id\nmodel: model\nevent-time: at\ntensors: " + tensors)
        .decode(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static String shown(Event event) {
    DecodedTensors tensors =
        event.tensors() instanceof MappedTensors mapped
            ? mapped.decoded()
            : (DecodedTensors) event.tensors();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tensors.tensors().length; i++) {
      Tensor tensor = tensors.tensors()[i];
      ByteBuffer content = tensor.content();
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      text.append(i == 0 ? "" : " ")
          .append(tensors.names() == null ? "#" + i : tensors.names()[i])
          .append('=')
          .append(tensor.dataType())
          .append(':')
          .append(HexFormat.of().formatHex(bytes));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          packed                            | {v: vector}   | 22080000803f00000040              | v=FLOAT:0000803f00000040
          packed in two parts               | {v: vector}   | 22040000803f 220400000040         | v=FLOAT:0000803f00000040
          not packed                        | {v: vector}   | 250000803f 2500000040             | v=FLOAT:0000803f00000040
          packed and not                    | {v: vector}   | 220400000040 250000803f           | v=FLOAT:000000400000803f
          an empty list is none             | {v: vector}   | 2200                              | ''
          varints                           | {c: codes}    | 4a03010204                        | c=INT32:ffffffff0100000002000000
          varints, not packed               | {c: codes}    | 4801 4802                         | c=INT32:ffffffff01000000
          unsigned varints                  | {c: counts}   | 5a03ac0200                        | c=INT64:2c010000000000000000000000000000
          bytes are float32                 | {r: raw}      | 3a040000803f                      | r=FLOAT:0000803f
          the last bytes count              | {r: raw}      | 3a0100 3a040000803f               | r=FLOAT:0000803f
          an absent number is zero          | {o: one}      | ''                                | o=INT64:0000000000000000
          fixed32 has no sign               | {o: one}      | 65ffffffff                        | o=INT64:ffffffff00000000
          strings                           | {t: tags}     | 320161 3200 3202c3a4              | t=STRING:00000001610000000000000002c3a4
          an element of a list              | {v: 'results[1].embedding'} | 4200 420812060a040000803f | v=FLOAT:0000803f
          messages are merged               | {v: 'results[0].embedding'} | 421012060a040000803f 12060a0400000040 | v=FLOAT:0000803f00000040
          an entry of a map                 | {v: vectors.a} | 2a0b0a016112060a040000803f       | v=FLOAT:0000803f
          an entry whose value comes first  | {v: vectors.a} | 2a0b12060a040000803f0a0161       | v=FLOAT:0000803f
          the last entry of a key counts    | {v: vectors.a} | 2a0b0a016112060a040000803f 2a0b0a016112060a0400000040 | v=FLOAT:00000040
          all of a map                      | vectors.*     | 2a0b0a016212060a040000803f 2a030a0161 | b=FLOAT:0000803f a=FLOAT:
          the last of a name counts         | vectors.*     | 2a0b0a016112060a040000803f 2a0b0a016112060a0400000040 | a=FLOAT:00000040
          all of a map of bytes             | payloads.*    | e212090a016112040000803f          | a=FLOAT:0000803f
          a group is skipped                | {v: vector}   | 9b06 0801 9c06 22040000803f       | v=FLOAT:0000803f
          a field of another form is unknown | {v: vector}  | 2001 22040000803f                 | v=FLOAT:0000803f
          """)
  void givenBytesMadeByHandWhenDecodedThenTensorsAreTheirElements(
      String what, String tensors, String hex, String expected) throws Exception {
    assertThat(decode(tensors, HEAD + hex))
        .as(what)
        .isInstanceOfSatisfying(
            Event.class,
            event -> {
              assertThat(event.entityId()).isEqualTo(150);
              assertThat(event.model()).isEqualTo("m");
              assertThat(shown(event)).isEqualTo(expected);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {v: vector} | 2203000080       | byte 6: vector has 3 bytes, no whole number of float32 elements
          {r: raw}    | 3a03000080       | raw has 3 bytes, no whole number of float32 elements
          {c: counts} | 5a0180           | byte 6: the bytes end inside a value
          {c: counts} | 58ffffffffffffffffff01 | byte 6: counts has an element of 2^63 or more, which no record can hold
          {v: vector} | 2205000080       | byte 6: a length is 5, but only 3 bytes follow
          {v: vector} | 22ffffffff0f     | byte 6: a length is -1, but only 0 bytes follow
          {v: vector} | 0001             | byte 6: a field has number 0, so this is no Protobuf message
          {v: vector} | 9c06             | byte 6: a group ends that did not begin
          {v: vector} | 9b06 a406        | byte 6: a group ends that did not begin
          {v: vector} | 26               | byte 6: a field has wire type 6
          {v: vector} | 08ffffffffffffffffffff01 | byte 6: a varint has more than 10 bytes
          {t: tags}   | 3201ff           | byte 6: tags is not UTF-8; send a text
          {v: vector} | 1201ff           | model is not UTF-8; send a text
          {v: vector} | 1200             | the event has no model; send it
          {v: vector} | 1a0a08ffffffffffffffff7f | the event time is beyond 64-bit milliseconds
          vectors.*   | ''               | the event has no vectors; send it
          vectors.*   | 2a030a01ff       | byte 8: vectors is not UTF-8; send a text
          """)
  void givenWrongBytesWhenDecodedThenTheFailureSaysWhatAndWhere(
      String tensors, String hex, String detail) throws Exception {
    assertThat(decode(tensors, HEAD + hex)).isEqualTo(new DecodeFailure(detail));
  }

  @Test
  void givenGroupsWhenNestedDeeperThanTheLimitThenTheEventIsRefused() throws Exception {
    String deepest = "9b06".repeat(64) + "9c06".repeat(64);
    String deeper = "9b06".repeat(65) + "9c06".repeat(65);

    assertThat(decode("{v: vector}", HEAD + deepest)).isInstanceOf(Event.class);
    assertThat(decode("{v: vector}", HEAD + deeper))
        .isEqualTo(new DecodeFailure("byte 6: groups are nested more than 64 deep"));
  }

  @Test
  void givenATimestampWhenDecodedThenItsFractionIsRoundedDown() throws Exception {
    // 2 s, and 999,999 ns; then 1 s before the epoch, and 1 ms after that.
    Event event = (Event) decode("{v: vector}", HEAD + "1a060802 10bf843d");
    assertThat(event.eventTimeMillis()).isEqualTo(2_000);
    event = (Event) decode("{v: vector}", HEAD + "1a0f08ffffffffffffffffff01 10c0843d");
    assertThat(event.eventTimeMillis()).isEqualTo(-999);
  }

  @Test
  void givenAWrapperWhenItsValueIsZeroThenItIsThere() throws Exception {
    EventDecoder decoder = decoder("entity-id: user\nmodel: model\ntensors: {v: vector}");

    Event event = (Event) decoder.decode(HexFormat.of().parseHex("12016d5200"));

    assertThat(event.entityId()).isZero();
    assertThat(decoder.decode(HexFormat.of().parseHex("12016d")))
        .isEqualTo(new DecodeFailure("the event has no user; send it"));
  }

  @Test
  void givenALargeEventBeforeWhenDecodedThenNothingOfItRemains() throws Exception {
    EventDecoder decoder =
        decoder("entity-id: id\nmodel: model\ntensors: {v: vector, c: codes, t: tags}");
    decoder.decode(
        HexFormat.of()
            .parseHex("089601 12016d 22080000803f00000040 4a0102 320161".replace(" ", "")));

    Event event = (Event) decoder.decode(HexFormat.of().parseHex("080112016e250000803f"));

    assertThat(event.entityId()).isEqualTo(1);
    assertThat(event.model()).isEqualTo("n");
    assertThat(shown(event)).isEqualTo("v=FLOAT:0000803f");
  }

  @ParameterizedTest
  @CsvSource({"gone, true, 6801, 6800", "op, DEL, 7005, 7006", "one, 3, 6503000000, 6504000000"})
  void whatMarksADeletionMayBeABoolAnEnumOrANumber(
      String path, String mark, String marked, String other) throws Exception {
    EventDecoder decoder =
        decoder(
            "entity-id: id\nmodel: model\ntensors: {v: vector}\ndelete: {path: '%s', value: %s}"
                .formatted(path, mark));

    assertThat(decoder.decode(hex(HEAD + marked))).isInstanceOf(Deletion.class);
    assertThat(decoder.decode(hex(HEAD + other))).isNotInstanceOf(Deletion.class);
    assertThat(decoder.decode(hex(HEAD))).isNotInstanceOf(Deletion.class);
  }

  @ParameterizedTest
  @CsvSource({
    "gone, false, gone is 'false' in every event without it; declare it optional, or use another value",
    "op, PUT, op is 'PUT' in every event without it; declare it optional, or use another value",
    "op, DELL, op is never 'DELL'; did you mean 'DEL'?",
    "gone, d, gone is never 'd'",
  })
  void aMarkThatCannotBeIsRefused(String path, String mark, String problem) {
    assertThatThrownBy(
            () ->
                decoder(
                    "entity-id: id\nmodel: model\ntensors: {v: vector}\ndelete: {path: %s, value: %s}"
                        .formatted(path, mark)))
        .isInstanceOf(InvalidSchemaException.class)
        .hasMessageContaining(problem);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
