package io.embeddingexport.event.thrift;

import static io.embeddingexport.event.ThriftEvents.floats;
import static io.embeddingexport.event.ThriftEvents.named;
import static io.embeddingexport.event.ThriftEvents.positional;
import static io.embeddingexport.event.ThriftEvents.strings;
import static io.embeddingexport.event.ThriftEvents.tensors;
import static io.embeddingexport.event.ThriftEvents.typedFloats;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventTensors;
import io.embeddingexport.event.ThriftEvents;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThriftEventDecoderTest {
  /** Entity 42, model "m", no tensors; by hand from the Thrift specification. */
  private static final String ENTITY = "0a0001000000000000002a";

  private static final String MODEL = "0b0003000000016d";
  private static final String NO_TENSORS = "0f00050c00000000";
  private static final String NO_NAMED_TENSORS = "0d00060b0c00000000";
  private static final String STOP = "00";

  private final EventDecoder decoder = EventInput.of(EventFormat.THRIFT).newDecoder();

  @Test
  void givenAnEventByHandWhenDecodedThenEveryFieldIsRead() {
    String time = "0a00020000000000000007";
    String version = "0a00040000000000000003";
    String tensor = "0c0001 080001 00000000 0b0002 00000004 0000803f 0f0003 0a 00000000 00 00";
    String tensors = "0f0005 0c 00000001" + tensor;

    Event event = event(ENTITY + time + MODEL + version + tensors + STOP);

    assertThat(event.entityId()).isEqualTo(42);
    assertThat(event.eventTimeMillis()).isEqualTo(7);
    assertThat(event.model()).isEqualTo("m");
    assertThat(event.keyConfigVersion()).isEqualTo(3);
    assertThat(given(event).names()).isNull();
    assertThat(given(event).tensors()).hasSize(1);
    assertThat(given(event).tensors()[0].dataType()).isEqualTo(DataType.FLOAT);
    assertThat(given(event).tensors()[0].shape().rank()).isZero();
    assertThat(given(event).tensors()[0].toFloats()).containsExactly(1f);
  }

  @Test
  void givenAnEventOfOptionalFieldsLeftOutWhenDecodedThenTheyAreSaidToBeMissing() {
    Event event = event(MODEL + NO_TENSORS + ENTITY + STOP);

    assertThat(event.hasEventTime()).isFalse();
    assertThat(event.keyConfigVersion()).isEqualTo(Event.NO_VERSION);
    assertThat(given(event).tensors()).isEmpty();
  }

  @Test
  void givenNamedTensorsWhenDecodedThenNamesAndTensorsCorrespond() {
    byte[] bytes =
        named(1, "m", tensors("a", floats(1), "β", typedFloats(2, 3), "c", strings("x", "")));

    Event event = (Event) decoder.decode(bytes);

    for (int i = 0; i < 3; i++) {
      switch (given(event).names()[i]) {
        case "a" -> assertThat(given(event).tensors()[i].toFloats()).containsExactly(1f);
        case "β" -> {
          assertThat(given(event).tensors()[i].encoding()).isEqualTo(TensorEncoding.FLOAT);
          assertThat(given(event).tensors()[i].toFloats()).containsExactly(2f, 3f);
        }
        case "c" -> assertThat(given(event).tensors()[i].toStrings()).hasSize(2);
        default -> throw new AssertionError(given(event).names()[i]);
      }
    }
    assertThat(given(event).names()).containsExactlyInAnyOrder("a", "β", "c");
  }

  @Test
  void givenTheSameModelTwiceWhenDecodedThenItIsOneString() {
    Event first = (Event) decoder.decode(positional(1, "a model", floats(1)));
    Event second = (Event) decoder.decode(positional(2, "a model", floats(1)));

    assertThat(second.model()).isSameAs(first.model());
  }

  @Test
  void givenMoreModelsThanTheCacheHoldsWhenDecodedThenEachIsItsOwn() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 2_000; i++) {
        String model = "model-" + i + (i % 100 == 0 ? "x".repeat(1_000) : "");
        assertThat(((Event) decoder.decode(positional(1, model))).model()).isEqualTo(model);
      }
    }
  }

  @Test
  void givenUnknownFieldsOfEveryTypeWhenDecodedThenTheyAreSkipped() {
    String unknown =
        "020007 01"
            + "030008 05"
            + "040009 3ff0000000000000"
            + "06000a 0001"
            + "08000b 00000001"
            + "0b000c 00000002 ffff"
            + "0c000d 0a0001 0000000000000001 00"
            + "0d000e 080b 00000001 00000001 00000000"
            + "0e000f 08 00000001 00000001"
            + "0f0010 0c 00000002 00 00"
            + "08ffff 00000001"
            + "080000 00000001";

    assertThat(event(unknown + ENTITY + unknown + MODEL + NO_TENSORS + STOP).entityId())
        .isEqualTo(42);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0a0001000000000000002a 0a0001000000000000002a | byte 11: EmbeddingEvent has field 1 twice
          0b0003000000016d 0b0003000000016d             | byte 8: EmbeddingEvent has field 3 twice
          0f00050c00000000 0d00060b0c00000000           | byte 8: EmbeddingEvent has both tensors and namedTensors; send one of them
          0d00060b0c00000000 0f00050c00000000           | byte 9: EmbeddingEvent has both tensors and namedTensors; send one of them
          00                                            | byte 0: EmbeddingEvent lacks its required field entityId
          0a0001000000000000002a 00                     | byte 0: EmbeddingEvent lacks its required field model
          0a0001000000000000002a 0b0003000000016d 00    | EmbeddingEvent has neither tensors nor namedTensors; send one of them
          080001 0000002a                               | byte 0: Thrift type 8 where 10 belongs
          0b0003 00000001 ff                            | byte 3: text is not UTF-8
          0b0003 ffffffff                               | byte 3: length or count is -1
          0b0003 00000002 6d                            | byte 3: a count of 2 takes at least 2 bytes, 1 remain
          0a0004 ffffffffffffffff                       | byte 0: keyConfigVersion is -1; send 1 or more, or leave it out
          0f0005 0a 00000000                            | byte 3: Thrift type 10 where 12 belongs
          0f0005 0c 7fffffff                            | byte 4: a count of 2147483647 takes at least 2147483647 bytes, 0 remain
          0d0006 0b0c 7fffffff                          | byte 5: a count of 2147483647 takes at least 10737418235 bytes, 0 remain
          0f0063 0c 7fffffff                            | byte 4: a count of 2147483647 takes at least 2147483647 bytes, 0 remain
          """)
  void givenBytesThatAreNoEventWhenDecodedThenItSaysWhereAndWhy(String hex, String detail) {
    assertThat(decode(hex)).isEqualTo(new DecodeFailure(detail));
  }

  /** The bytes that follow would often decode as the right type. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ENTITY,
        "0a00020000000000000007",
        MODEL,
        "0a00040000000000000003",
        NO_TENSORS,
        NO_NAMED_TENSORS
      })
  void aKnownFieldOfAnotherTypeIsRefused(String field) {
    int right = Integer.parseInt(field.substring(0, 2), 16);
    for (int type = 1; type < 256; type++) {
      if (type != right) {
        assertThat(decode("%02x".formatted(type) + field.substring(2) + ENTITY + MODEL + STOP))
            .as("type %d", type)
            .isEqualTo(
                new DecodeFailure(
                    "byte 0: Thrift type " + (byte) type + " where " + right + " belongs"));
      }
    }
  }

  @Test
  void aVersionOfZeroShouldBeNone() {
    assertThat(
            event(ENTITY + MODEL + "0a0004 0000000000000000" + NO_TENSORS + STOP)
                .keyConfigVersion())
        .isEqualTo(Event.NO_VERSION);
  }

  @Test
  void toStringShouldNotTellTheElements() {
    assertThat(decoder.decode(positional(1, "m", floats(42), typedFloats(43, 44))))
        .hasToString("event of entity 1, model m, tensors [FLOAT[1]? RAW, FLOAT[2]? FLOAT]");
  }

  /** Longer ones could fill the memory. */
  @Test
  void namesOfUpTo256BytesShouldBeKept() {
    for (int length : new int[] {1, 7, 8, 9, 255, 256, 257}) {
      byte[] event = positional(1, "x".repeat(length));
      String first = ((Event) decoder.decode(event)).model();

      assertThat(((Event) decoder.decode(event)).model() == first)
          .as("%d bytes", length)
          .isEqualTo(length <= 256);
    }
  }

  @Test
  void givenBytesAfterTheEventWhenDecodedThenTheyAreRefused() {
    assertThat(decode(ENTITY + MODEL + NO_NAMED_TENSORS + STOP + "00"))
        .isEqualTo(new DecodeFailure("byte 29: 1 bytes follow the stop byte"));
  }

  @Test
  void givenStructsNestedDeeplyInAnUnknownFieldWhenDecodedThenTheyAreRefused() {
    assertThat(decode("0c0007".repeat(100_000))).asString().contains("nested deeper than");
  }

  @Test
  void givenEveryTruncationOfAnEventWhenDecodedThenNoneIsAnEvent() {
    byte[] bytes =
        ThriftEvents.bytes(
            new EmbeddingEvent(1, "m")
                .setTensors(List.of(floats(1, 2), typedFloats(3), strings("x"))));
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = java.util.Arrays.copyOf(bytes, length);
      assertThat(decoder.decode(truncated))
          .as("%d bytes", length)
          .isInstanceOf(DecodeFailure.class);
    }
  }

  private Event event(String hex) {
    DecodeResult decoded = decode(hex);
    assertThat(decoded).isInstanceOf(Event.class);
    return (Event) decoded;
  }

  private DecodeResult decode(String hex) {
    return decoder.decode(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static EventTensors.DecodedTensors given(Event event) {
    return (EventTensors.DecodedTensors) event.tensors();
  }
}
