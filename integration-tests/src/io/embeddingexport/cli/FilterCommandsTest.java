package io.embeddingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.cli.Filters.Result;
import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD =
      "{\"keys\":[1],\"tensors\":[{\"dtype\":\"INT32\",\"shape\":[1],\"data\":[258]}]}";
  private static final String GOOD_HEX =
      "0d00080a0c00000001" // field 8, a map of i64 to struct, of one
          + "0000000000000001" // key
          + "0c00010800010000000" // rawTypedTensor, dataType
          + "20b00020000000402010000" // INT32, content
          + "0f00030a000000010000000000000001" // shape
          + "000000";

  @Test
  void givenBadLinesWhenEncodedThenEachIsAnErrorAndTheRestGoesOn() throws Exception {
    Result result = Filters.encode(GOOD + "\n\n{\"keys\"\n[1]\r\n" + GOOD + "\r\n" + GOOD);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines()).hasSize(6);
    String good = "{\"hex\":\"" + GOOD_HEX + "\"}";
    assertThat(result.lines().get(0)).isEqualTo(good);
    assertThat(error(result, 1)).startsWith("line 2: not a JSON object");
    assertThat(error(result, 2)).startsWith("line 3: not JSON, at column ");
    assertThat(error(result, 3)).startsWith("line 4: not a JSON object");
    assertThat(result.lines().get(4)).isEqualTo(good);
    assertThat(result.lines().get(5)).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'tensors':[]}                                                    | 'keys' is missing
          {'keys':7,'tensors':[]}                                           | 'keys' is not an array
          {'keys':[],'tensors':[]} {}                                       | not JSON
          {'keys':[],'keys':[],'tensors':[]}                                | not JSON
          {'keys':[9223372036854775808],'tensors':[{'dtype':'BOOL','data':[]}]} | 'keys[0]' is not an integer from -9223372036854775808
          {'keys':[1.0],'tensors':[{'dtype':'BOOL','data':[]}]}             | 'keys[0]' is not an integer
          {'keys':[1],'keysShape':[2,1],'tensors':[{'dtype':'BOOL','data':[]}]} | 'keysShape' does not hold 1 keys
          {'keys':[1],'tensors':[{'data':[]}]}                              | 'tensors[0].dtype' is missing
          {'keys':[1],'tensors':[{'dtype':'float','data':[]}]}              | 'tensors[0].dtype' is not FLOAT,
          {'keys':[1],'tensors':[{'dtype':'FLOAT'}]}                        | 'tensors[0].data' is missing
          {'keys':[1],'tensors':[{'dtype':'FLOAT','shape':[2],'data':[1]}]} | 'tensors[0].shape': shape [2] does not hold 1 elements
          {'keys':[1],'tensors':[{'dtype':'FLOAT','shape':[-1],'data':[1]}]} | 'tensors[0].shape' has a dimension below 0: -1
          {'keys':[1],'tensors':[{'dtype':'FLOAT','shape':[65536,65536],'data':[]}]} | 'tensors[0].shape': shape [65536, 65536]: 2^31 elements or more
          {'keys':[1],'tensors':[{'dtype':'FLOAT','bits':'00'}]}            | 'tensors[0].bits' are not 8 hex digits per element
          {'keys':[1],'tensors':[{'dtype':'FLOAT','bits':'0'}]}             | 'tensors[0].bits' is not hex
          {'keys':[1],'tensors':[{'dtype':'FLOAT','data':['nan']}]}         | 'tensors[0].data[0]' is not a number
          {'keys':[1],'tensors':[{'dtype':'INT32','data':[2147483648]}]}    | 'tensors[0].data[0]' is not an integer from -2147483648 to 2147483647: 2147483648
          {'keys':[1],'tensors':[{'dtype':'UINT8','data':[0,256]}]}         | 'tensors[0].data[1]' is not an integer from 0 to 255: 256
          {'keys':[1],'tensors':[{'dtype':'BOOL','data':[1]}]}              | 'tensors[0].data[0]' is neither true nor false
          {'keys':[1],'tensors':[{'dtype':'STRING','data':[null]}]}         | 'tensors[0].data' is not a string
          {'keys':[1],'tensors':[{'dtype':'FLOAT','shape':[2000000000],'gen':{'kind':'ramp'}}]} | 'tensors[0].gen.kind' makes 8000000000 bytes
          {'keys':[1],'tensors':[{'dtype':'BOOL','shape':[2],'gen':{'kind':'ramp'}}]} | 'tensors[0].gen.kind' of BOOL is not defined
          {'keys':[],'tensors':[],'features':{'discrete':[{'id':1,'value':0.5}]}} | 'features.discrete[0].value' is not an integer
          {'keys':[],'tensors':[],'features':{'blob':[{'hex':'00'}]}}       | 'features.blob[0].id' is missing
          """)
  void givenAWrongInputWhenEncodedThenTheErrorNamesPlaceAndProblem(String line, String error)
      throws Exception {
    Result result = Filters.encode(line.replace('\'', '"'));

    assertThat(error(result, 0)).startsWith("line 1: " + error);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0g     | line 1: character 2 is not a hex digit         | not-hex
          000    | line 1: an odd number of hex digits: 3      | not-hex
          ''     | line 1: byte 0: needs 1 bytes, 0 remain     | truncated
          00ff   | line 1: byte 1: 1 bytes follow the stop byte | trailing-bytes
          080001 | line 1: byte 0: Thrift type 8 where 14 belongs | wrong-type
          """)
  void givenAWrongRecordWhenDecodedThenTheErrorNamesPlaceAndReason(
      String line, String error, String reason) throws Exception {
    Result result = Filters.decode(line + "\n");

    JsonNode expected = JSON.createObjectNode().put("error", error).put("reason", reason);
    assertThat(JSON.readTree(result.out())).isEqualTo(expected);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void givenABoolThatIsNeitherFalseNorTrueWhenDecodedThenItsByteIsShown() {
    byte[] record =
        new DataRecordWriter()
            .tensor(1, Tensor.ofRaw(DataType.BOOL, null, new byte[] {0, 1, 2, -1}))
            .write();

    assertThat(Filters.decode(HexFormat.of().formatHex(record) + "\n").out())
        .contains("\"data\":[false,true,2,255]");
  }

  @Test
  void givenUpperCaseAndBlanksAroundWhenDecodedThenItIsRead() {
    Result result = Filters.decode("  " + GOOD_HEX.toUpperCase(java.util.Locale.ROOT) + "\t\r\n00");

    assertThat(result.exitCode()).isZero();
    assertThat(result.lines().get(0)).contains("\"data\":[258]");
    assertThat(result.lines().get(1)).isEqualTo("{\"length\":1,\"consumed\":1}");
  }

  @Test
  void givenTextThatIsNotUtf8WhenDecodedThenUtf8IsNull() {
    // string feature 1 = FF
    Result result = Filters.decode("0d00040a0b00000001000000000000000100000001ff00\n");

    assertThat(result.out())
        .isEqualTo(
            "{\"length\":23,\"consumed\":23,\"string\":[{\"id\":1,\"hex\":\"ff\",\"utf8\":null}]}\n");
  }

  @Test
  void withoutVectorsARecordIsPrintedAsPeekPrintsIt() {
    String line =
        "{\"keys\":[7],\"tensors\":[{\"dtype\":\"FLOAT\",\"shape\":[1,2],\"data\":[0.5,1]}]}";
    Result encoded = Filters.encodePlain(line + "\n");
    assertThat(encoded.exitCode()).isZero();
    assertThat(encoded.out()).isEqualTo(Filters.encode(line + "\n").out());
    String hex = encoded.out().substring("{\"hex\":\"".length(), encoded.out().length() - 3);

    Result decoded = Filters.decodePlain(hex + "\n0\n");

    assertThat(decoded.exitCode()).isEqualTo(1);
    assertThat(decoded.lines().get(0))
        .isEqualTo(
            "{\"record\":{\"tensors\":{\"7\":{\"dtype\":\"FLOAT\",\"shape\":[1,2],\"data\":[0.5,1.0]}}}}");
    assertThat(decoded.lines().get(1)).contains("line 2: an odd number of hex digits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"keys\":[],\"tensors\":[],\"features\":{}}",
        "{\"keys\":[],\"tensors\":[],\"keysShape\":[0]}",
        "{\"keys\":[],\"tensors\":[],\"level\":\"op\"}",
        "{\"keys\":[1],\"tensors\":[{\"dtype\":\"FLOAT\",\"shape\":[1],\"gen\":{}}]}"
      })
  void withoutVectorsTheirFieldsAreRefused(String line) {
    assertThat(Filters.encodePlain(line + "\n").out())
        .contains("is a field of test vectors; give --vectors");
  }

  @Test
  void givenAnOpenPipeWhenALineIsDecodedThenItsAnswerDoesNotWaitForTheNext() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PipedOutputStream pipe = new PipedOutputStream();
        InputStream in = new PipedInputStream(pipe)) {
      Thread filter = new Thread(() -> Filters.commandLine(in, out).execute("decode"));
      filter.start();
      pipe.write("00\n".getBytes(StandardCharsets.US_ASCII));
      pipe.flush();

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> out.toString(StandardCharsets.UTF_8).endsWith("}\n"));

      pipe.close();
      filter.join();
    }
  }

  @Test
  void givenNoNameWhenAskedForIdsThenTheUsageIsWrong() {
    Result result = Filters.featureId(new byte[0]);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("NAME");
  }

  @Test
  void givenHalfASurrogatePairWhenAskedForIdsThenItIsRefusedAndTheRestGoesOn() {
    Result result = Filters.featureId(new byte[0], "\ud83d", "meta.user_id");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("-1887718638306251279\tmeta.user_id\n");
    assertThat(result.err()).contains("error: argument 1: ");
  }

  private static String error(Result result, int line) throws Exception {
    JsonNode json = JSON.readTree(result.lines().get(line));
    assertThat(json.fieldNames()).toIterable().containsExactly("error");
    return json.get("error").asText();
  }
}
