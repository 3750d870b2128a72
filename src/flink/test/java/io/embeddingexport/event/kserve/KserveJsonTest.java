package io.embeddingexport.event.kserve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.MutatedEvents;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.Mappings;
import io.embeddingexport.event.plan.InvalidSchemaException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KserveJsonTest {
  private static final String MAPPING =
      """
      entity-id: id
      model: model_name
      tensors: {user_embedding: embedding}
      """;

  /** As the protocol's specification shows it. */
  private static final String RESPONSE =
      """
      {"model_name": "two-tower", "model_version": "1", "id": "request", "parameters": {"x": [1]},
       "outputs": [
         {"name": "id", "shape": [2, 1], "datatype": "INT64", "data": [7, -1]},
         {"name": "other", "shape": [1], "datatype": "FP8", "data": [1]},
         {"name": "embedding", "shape": [2, 2], "datatype": "FP32", "parameters": {"data": 1},
          "data": [1.5, 2, -1, -2.25]}]}
      """;

  private static DecodeResult decode(String mapping, String response) throws Exception {
    return KserveDecoder.ofJson(Mappings.parse(mapping)).decode(response.getBytes(UTF_8));
  }

  private static List<DecodeResult> items(String response) throws Exception {
    DecodeResult result = decode(MAPPING, response);
    assertThat(result).isInstanceOf(DecodedItems.class);
    return ((DecodedItems) result).items();
  }

  private static String failure(String response) throws Exception {
    DecodeResult result = decode(MAPPING, response);
    assertThat(result).isInstanceOf(DecodeFailure.class);
    return ((DecodeFailure) result).detail();
  }

  private static Tensor tensor(DecodeResult item) {
    return ((MappedTensors) ((Event) item).tensors()).decoded().tensors()[0];
  }

  private static void requireRows(String response) throws Exception {
    List<DecodeResult> items = items(response);
    assertThat(items).hasSize(2);
    assertThat(((Event) items.get(0)).entityId()).isEqualTo(7);
    assertThat(((Event) items.get(1)).entityId()).isEqualTo(-1);
    assertThat(((Event) items.get(0)).model()).isEqualTo("two-tower");
    assertThat(tensor(items.get(0)).toFloats()).containsExactly(1.5f, 2);
    assertThat(tensor(items.get(1)).toFloats()).containsExactly(-1, -2.25f);
  }

  @Test
  void givenFlatDataWhenDecodedThenEachRowIsAnEvent() throws Exception {
    requireRows(RESPONSE);
  }

  @Test
  void givenNestedDataWhenDecodedThenEachRowIsAnEvent() throws Exception {
    requireRows(
        RESPONSE
            .replace("[7, -1]", "[[7], [-1]]")
            .replace("[1.5, 2, -1, -2.25]", "[[1.5, 2], [-1, -2.25]]"));
  }

  @Test
  void givenDataBeforeItsTypeOrNameWhenDecodedThenItIsReadAllTheSame() throws Exception {
    requireRows(
        """
        {"outputs": [
           {"data": [[7], [-1]], "datatype": "INT64", "name": "id", "shape": [2, 1]},
           {"data": [1.5, 2, -1, -2.25], "name": "embedding", "shape": [2, 2], "datatype": "FP32"}],
         "model_name": "two-tower"}
        """);
  }

  @Test
  void givenABadItemWhenDecodedThenItAloneFails() throws Exception {
    List<DecodeResult> items =
        items(
            RESPONSE.replace(
                "\"INT64\", \"data\": [7, -1]", "\"BYTES\", \"data\": [\"7\", \"seven\"]"));

    assertThat(((Event) items.get(0)).entityId()).isEqualTo(7);
    assertThat(items.get(1))
        .isInstanceOfSatisfying(
            DecodeFailure.class,
            failure ->
                assertThat(failure.detail())
                    .startsWith("row 1: id is not a decimal 64-bit number"));
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, -128, 127, -129",
    "INT16, -32768, 32767, 32768",
    "INT32, -2147483648, 2147483647, 2147483648",
    "UINT8, 0, 255, 256",
    "UINT16, 0, 65535, 65536",
    "UINT32, 0, 4294967295, -1",
    "INT64, -9223372036854775808, 9223372036854775807, 9223372036854775808",
  })
  void wholeNumbersShouldBeReadExactlyOrRefused(String type, long least, long most, String beyond)
      throws Exception {
    String output = RESPONSE.replace("FP32", type);

    Tensor tensor =
        tensor(
            items(output.replace("[1.5, 2, -1, -2.25]", "[" + least + ", " + most + ", 1, 1]"))
                .get(0));
    long[] read =
        switch (tensor.dataType()) {
          case INT64 -> tensor.toLongs();
          default -> Arrays.stream(ints(tensor)).asLongStream().toArray();
        };
    assertThat(read).containsExactly(least, most);
    assertThat(failure(output.replace("[1.5, 2, -1, -2.25]", "[1, 1, 1, " + beyond + "]")))
        .contains("embedding");
  }

  private static int[] ints(Tensor tensor) {
    byte[] content = new byte[tensor.contentLength()];
    tensor.content().get(content);
    if (content.length == 2) {
      return new int[] {content[0] & 0xff, content[1] & 0xff};
    }
    return tensor.toInts();
  }

  @ParameterizedTest
  @CsvSource({"FP16", "BF16", "FP64"})
  void floatingPointNumbersShouldBeRead(String type) throws Exception {
    Tensor tensor = tensor(items(RESPONSE.replace("FP32", type)).get(1));

    if (type.equals("FP64")) {
      assertThat(tensor.toDoubles()).containsExactly(-1, -2.25);
    } else {
      assertThat(tensor.toFloats()).containsExactly(-1, -2.25f);
    }
  }

  @Test
  void stringsAndBooleansShouldBeRead() throws Exception {
    Tensor strings =
        tensor(
            items(
                    RESPONSE
                        .replace("FP32", "BYTES")
                        .replace("[1.5, 2, -1, -2.25]", "[\"a\", \"\", \"\u00e4\", \"d\"]"))
                .get(1));
    byte[] content = new byte[strings.contentLength()];
    strings.content().get(content);
    assertThat(content).containsExactly(0, 0, 0, 2, 0xc3, 0xa4, 0, 0, 0, 1, 'd');

    Tensor booleans =
        tensor(
            items(
                    RESPONSE
                        .replace("FP32", "BOOL")
                        .replace("[1.5, 2, -1, -2.25]", "[true, false, 1, 0]"))
                .get(0));
    content = new byte[booleans.contentLength()];
    booleans.content().get(content);
    assertThat(content).containsExactly(1, 0);
  }

  @Test
  void givenAWrongResponseWhenDecodedThenTheFailureSaysWhatAndWhere() throws Exception {
    assertThat(failure(RESPONSE.replace("[2, 2]", "[2, 3]")))
        .endsWith("output embedding has 16 bytes, but its shape has 6 elements of FP32");
    assertThat(
            failure(
                RESPONSE
                    .replace("[2, 2]", "[4, 1]")
                    .replace("2, -1, -2.25]", "2], [-1, -2.25]]")
                    .replace("[1.5", "[[1.5")))
        .endsWith("output embedding has data nested otherwise than its shape; correct one");
    assertThat(failure(RESPONSE.replace("FP32", "FP8")))
        .contains("output embedding has a datatype that no record holds; send one of BOOL, INT8");
    assertThat(failure(RESPONSE.replace("\"data\": [7, -1]", "\"x\": 1")))
        .endsWith("output id has no data; send it as JSON");
    assertThat(failure(RESPONSE.replace("other", "id")))
        .endsWith("output id has a datatype that no record holds; send one of " + KserveType.NAMES);
    assertThat(failure(RESPONSE.replace("\"FP8\"", "\"INT8\"").replace("other", "id")))
        .endsWith("output id is given twice; send it once");
    assertThat(failure("[" + RESPONSE)).isEqualTo("byte 0: no UTF-8 JSON object begins here");
    assertThat(failure("{\"outputs\": [1]}"))
        .isEqualTo("byte 13: an item of outputs is not an object");
    assertThat(failure("{\"model_name\": \"m\"}"))
        .isEqualTo("the response has no output id, which gives the entity id");
    assertThat(failure(RESPONSE.substring(0, 200))).endsWith("the text ends inside a value");
  }

  @Test
  void mutatedResponsesShouldHaveAnAnswer() {
    EventMapping mapping = Mappings.parse(MAPPING);
    new MutatedEvents(
            () -> {
              try {
                return KserveDecoder.ofJson(mapping);
              } catch (InvalidSchemaException e) {
                throw new AssertionError(e);
              }
            },
            512,
            256 << 10)
        .requireAnswers(
            List.of(
                RESPONSE.getBytes(UTF_8),
                RESPONSE
                    .replace("[7, -1]", "[\"7\", \"x\"]")
                    .replace("INT64", "BYTES")
                    .getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name     | 'name': 'embedding', 'name': 'id', 'datatype': 'FP32', 'shape': [1], 'data': [1]",
        "datatype | 'name': 'embedding', 'datatype': 'FP32', 'data': [1, 1], 'datatype': 'BYTES'",
        "datatype | 'datatype': 'FP32', 'name': 'embedding', 'datatype': 'FP16', 'data': [1]",
        "shape    | 'name': 'embedding', 'shape': [1], 'shape': [2], 'datatype': 'FP32', 'data': [1]",
        "data     | 'name': 'embedding', 'datatype': 'FP32', 'data': [1], 'data': [2]",
      },
      quoteCharacter = '~')
  void aFieldOfAnOutputThatIsGivenTwiceIsRefused(String field, String output) throws Exception {
    String response = "{'model_name': 'm', 'outputs': [{%s}]}".formatted(output).replace('\'', '"');

    assertThat(failure(response)).endsWith(field + " of an output is given twice; send it once");
  }
}
