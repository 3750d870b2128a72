package io.embeddingexport.event.kserve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.MutatedEvents;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.Mappings;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.protobuf.ProtobufSchemas;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Responses are made by protobuf-java from a copy of KServe's schema. */
class KserveDecoderTest {
  private static final String SCHEMA =
      """
      syntax = "proto3";
      package inference;
      message InferParameter { oneof parameter_choice { bool bool_param = 1; int64 int64_param = 2; string string_param = 3; } }
      message InferTensorContents {
        repeated bool bool_contents = 1;
        repeated int32 int_contents = 2;
        repeated int64 int64_contents = 3;
        repeated uint32 uint_contents = 4;
        repeated uint64 uint64_contents = 5;
        repeated float fp32_contents = 6;
        repeated double fp64_contents = 7;
        repeated bytes bytes_contents = 8;
      }
      message ModelInferResponse {
        message InferOutputTensor {
          string name = 1;
          string datatype = 2;
          repeated int64 shape = 3;
          map<string, InferParameter> parameters = 4;
          InferTensorContents contents = 5;
        }
        string model_name = 1;
        string model_version = 2;
        string id = 3;
        map<string, InferParameter> parameters = 4;
        repeated InferOutputTensor outputs = 5;
        repeated bytes raw_output_contents = 6;
      }
      """;

  /** An id may be one byte, and each row is an event of its own. */
  private static final int ROW = 512;

  private static final String MAPPING =
      """
      entity-id: id
      model: model_name
      tensors: {user_embedding: embedding}
      """;
  private static final String RAW =
      """
      model_name: "two-tower" model_version: "1" id: "request"
      parameters { key: "p" value { int64_param: 3 } }
      outputs { name: "id" datatype: "INT64" shape: 2 shape: 1 }
      outputs { name: "other" datatype: "FP32" shape: 1 }
      outputs { name: "embedding" datatype: "FP32" shape: 2 shape: 2 }
      raw_output_contents: "\\007\\000\\000\\000\\000\\000\\000\\000\\377\\377\\377\\377\\377\\377\\377\\377"
      raw_output_contents: "\\000\\000\\000\\000"
      raw_output_contents: "\\000\\000\\200\\077\\000\\000\\000\\100\\000\\000\\200\\277\\000\\000\\000\\300"
      """;

  private static Descriptor schema() {
    try {
      return ProtobufSchemas.ofFile(
          "kserve.proto", SCHEMA.getBytes(UTF_8), "inference.ModelInferResponse");
    } catch (InvalidSchemaException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] response(String text) throws Exception {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(schema());
    TextFormat.merge(text, message);
    return message.build().toByteArray();
  }

  private static EventDecoder decoder(String mapping) throws Exception {
    return KserveDecoder.ofProtobuf(Mappings.parse(mapping));
  }

  private static List<DecodeResult> items(String mapping, String response) throws Exception {
    DecodeResult result = decoder(mapping).decode(response(response));
    assertThat(result).isInstanceOf(DecodedItems.class);
    return ((DecodedItems) result).items();
  }

  private static float[] floats(DecodeResult item) {
    DecodedTensors tensors = ((MappedTensors) ((Event) item).tensors()).decoded();
    return tensors.tensors()[0].toFloats();
  }

  @Test
  void givenRawContentsWhenDecodedThenEachRowIsAnEvent() throws Exception {
    List<DecodeResult> items = items(MAPPING, RAW);

    assertThat(items).hasSize(2);
    Event first = (Event) items.get(0);
    assertThat(first.entityId()).isEqualTo(7);
    assertThat(first.model()).isEqualTo("two-tower");
    assertThat(((MappedTensors) first.tensors()).name(0)).isEqualTo("user_embedding");
    assertThat(((Event) items.get(1)).entityId()).isEqualTo(-1);
    assertThat(floats(items.get(0))).containsExactly(1, 2);
    assertThat(floats(items.get(1))).containsExactly(-1, -2);
  }

  @Test
  void givenRawContentsWhenDecodedThenRowsStayWhereTheyAre() throws Exception {
    byte[] response = response(RAW);

    DecodedItems items = (DecodedItems) decoder(MAPPING).decode(response);

    for (DecodeResult item : items.items()) {
      assertThat(((MappedTensors) ((Event) item).tensors()).payload(0)).isSameAs(response);
    }
  }

  @Test
  void givenTypedContentsAndStringsWhenDecodedThenABadRowIsItsOwnFailure() throws Exception {
    List<DecodeResult> items =
        items(
            "entity-id: {path: id, from-string: decimal}\n" + MAPPING.substring(14),
            """
            model_name: "m"
            outputs { name: "id" datatype: "BYTES" shape: 3
              contents { bytes_contents: "11" bytes_contents: "" bytes_contents: "13" } }
            outputs { name: "embedding" datatype: "FP32" shape: 3 shape: 1
              contents { fp32_contents: 1 fp32_contents: 2 fp32_contents: 3 } }
            """);

    assertThat(((Event) items.get(0)).entityId()).isEqualTo(11);
    assertThat(items.get(1))
        .isEqualTo(new DecodeFailure("row 1: id is empty; send the entity's id"));
    assertThat(((Event) items.get(2)).entityId()).isEqualTo(13);
    assertThat(floats(items.get(2))).containsExactly(3);
  }

  @Test
  void givenOtherTypesWhenDecodedThenRowsOfOneEventDoNotChangeThoseBefore() throws Exception {
    List<DecodeResult> items =
        items(
            MAPPING,
            """
            model_name: "m"
            outputs { name: "id" datatype: "UINT64" shape: 2 contents { uint64_contents: 1 uint64_contents: 2 } }
            outputs { name: "embedding" datatype: "INT8" shape: 2 shape: 2
              contents { int_contents: 1 int_contents: -2 int_contents: 3 int_contents: -4 } }
            """);

    assertThat(tensor(items.get(0))).containsExactly(1, -2);
    assertThat(tensor(items.get(1))).containsExactly(3, -4);
  }

  private static int[] tensor(DecodeResult item) {
    return ((MappedTensors) ((Event) item).tensors()).decoded().tensors()[0].toInts();
  }

  @Test
  void givenSmallIntegersWhenDecodedThenTheyHaveTheirExactCounterparts() throws Exception {
    String ids = "model_name: \"m\" outputs { name: \"id\" datatype: \"INT32\" shape: 1 %s } ";
    String raw = ids.formatted("");
    String typed = ids.formatted("contents { int_contents: 5 }");
    String output = "outputs { name: \"embedding\" datatype: \"%s\" shape: 1 shape: 2 %s } ";
    String rawId = "raw_output_contents: \"\\005\\000\\000\\000\" ";

    String int16 = "raw_output_contents: \"\\000\\200\\377\\177\"";
    assertThat(tensor(items(MAPPING, raw + output.formatted("INT16", "") + rawId + int16).get(0)))
        .containsExactly(-32768, 32767);
    assertThat(tensor(items(MAPPING, raw + output.formatted("UINT16", "") + rawId + int16).get(0)))
        .containsExactly(32768, 32767);
    String uint32 = "raw_output_contents: \"\\377\\377\\377\\377\\001\\000\\000\\000\"";
    assertThat(longs(items(MAPPING, raw + output.formatted("UINT32", "") + rawId + uint32).get(0)))
        .containsExactly(4294967295L, 1);

    String ints = "contents { int_contents: -32768 int_contents: 32767 }";
    assertThat(tensor(items(MAPPING, typed + output.formatted("INT16", ints)).get(0)))
        .containsExactly(-32768, 32767);
    String uints = "contents { uint_contents: 65535 uint_contents: 1 }";
    assertThat(tensor(items(MAPPING, typed + output.formatted("UINT16", uints)).get(0)))
        .containsExactly(65535, 1);
    uints = "contents { uint_contents: 4294967295 uint_contents: 1 }";
    assertThat(longs(items(MAPPING, typed + output.formatted("UINT32", uints)).get(0)))
        .containsExactly(4294967295L, 1);
    assertThat(decoder(MAPPING).decode(response(typed + output.formatted("UINT16", uints))))
        .isInstanceOfSatisfying(
            DecodeFailure.class,
            failure ->
                assertThat(failure.detail()).endsWith("an element is beyond the range of UINT16"));
  }

  @Test
  void givenNumbersThatNoRecordHoldsWhenDecodedThenEachRowSaysSo() throws Exception {
    List<DecodeResult> items =
        items(
            MAPPING,
            """
            model_name: "m"
            outputs { name: "id" datatype: "INT32" shape: 1 contents { int_contents: 5 } }
            outputs { name: "embedding" datatype: "UINT64" shape: 1
              contents { uint64_contents: 1 } }
            """);

    assertThat(items)
        .containsExactly(
            new DecodeFailure(
                "row 0: output embedding has UINT64 elements, which no record can hold; send"
                    + " INT64"));
  }

  private static long[] longs(DecodeResult item) {
    return ((MappedTensors) ((Event) item).tensors()).decoded().tensors()[0].toLongs();
  }

  @Test
  void givenBrainFloatsWhenDecodedThenTheyAreFloats() throws Exception {
    List<DecodeResult> items =
        items(
            MAPPING,
            """
            model_name: "m"
            outputs { name: "id" datatype: "INT32" shape: 1 }
            outputs { name: "embedding" datatype: "BF16" shape: 1 shape: 2 }
            raw_output_contents: "\\005\\000\\000\\000"
            raw_output_contents: "\\200\\077\\000\\300"
            """);

    assertThat(floats(items.get(0))).containsExactly(1, -2);
  }

  @Test
  void givenHalfFloatsWhenDecodedThenTheyAreFloats() throws Exception {
    List<DecodeResult> items =
        items(
            MAPPING,
            """
            model_name: "m"
            outputs { name: "id" datatype: "INT32" shape: 1 }
            outputs { name: "embedding" datatype: "FP16" shape: 1 shape: 2 }
            raw_output_contents: "\\005\\000\\000\\000"
            raw_output_contents: "\\000\\074\\000\\300"
            """);

    assertThat(floats(items.get(0))).containsExactly(1, -2);
  }

  @Test
  void givenAWrongResponseWhenDecodedThenTheFailureSaysWhy() throws Exception {
    assertThat(
            decoder(MAPPING)
                .decode(response(RAW.replace("shape: 2 shape: 2", "shape: 2 shape: 3"))))
        .isInstanceOfSatisfying(
            DecodeFailure.class,
            failure ->
                assertThat(failure.detail())
                    .endsWith(
                        "output embedding has 16 bytes, but its shape has 6 elements of FP32"));
    assertThat(decoder(MAPPING).decode(response(RAW.replace("shape: 2 shape: 2", "shape: 4"))))
        .isEqualTo(
            new DecodeFailure(
                "output id has 2 rows, but embedding has 4; the first dimension is the batch"));
    assertThat(decoder(MAPPING).decode(response("model_name: \"m\"")))
        .isEqualTo(new DecodeFailure("the response has no output id, which gives the entity id"));
  }

  @Test
  void givenAWrongMappingThenEveryProblemIsNamed() {
    assertThatThrownBy(() -> decoder("entity-id: a.b\nmodel: name\ntensors: outputs.*"))
        .isInstanceOf(InvalidSchemaException.class)
        .hasMessageContaining("a.b has several steps")
        .hasMessageContaining("outputs.* is no list of outputs")
        .hasMessageContaining("model: name is neither model_name");
  }

  @Test
  void mutatedResponsesShouldHaveAnAnswer() throws Exception {
    byte[] typed =
        response(
            """
            outputs { name: "embedding" datatype: "UINT16" shape: 3 shape: 1
              contents { uint_contents: 1 uint_contents: 2 uint_contents: 3 } }
            outputs { name: "id" datatype: "BYTES" shape: 3
              contents { bytes_contents: "11" bytes_contents: "" bytes_contents: "13" } }
            model_name: "m"
            """);
    EventMapping mapping = Mappings.parse(MAPPING);
    new MutatedEvents(
            () -> {
              try {
                return KserveDecoder.ofProtobuf(mapping);
              } catch (InvalidSchemaException e) {
                throw new AssertionError(e);
              }
            },
            ROW,
            4 << 10)
        .requireAnswers(List.of(response(RAW), typed));
  }

  @Test
  void givenManyRowsOfNothingWhenDecodedThenTheyAreNotMade() throws Exception {
    byte[] response =
        response(
            """
            model_name: "m"
            outputs { name: "embedding" datatype: "FP32" shape: 2000000000 shape: 0 }
            """);

    assertThat(
            decoder("entity-id: {kafka: key}\nmodel: model_name\ntensors: {e: embedding}")
                .decode(response))
        .isEqualTo(
            new DecodeFailure(
                "the response has 2000000000 rows, but the Kafka key gives one entity id; take it"
                    + " from an output"));
  }
}
