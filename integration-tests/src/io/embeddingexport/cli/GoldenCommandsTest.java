package io.embeddingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.cli.Filters.Result;
import io.embeddingexport.datarecord.GoldenVectors;
import io.embeddingexport.datarecord.GoldenVectors.Vector;
import io.embeddingexport.datarecord.MalformedRecordException.Reason;
import io.embeddingexport.thrift.DataRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code encode}, {@code decode} and {@code feature-id} over every golden vector. */
class GoldenCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @MethodSource("written")
  void encodeShouldGiveTheBytesOfLibtwmlInItsOrder(Vector vector) throws Exception {
    byte[] record = encode(inOrder(vector));

    assertThat(record).hasSize(vector.json().get("length").intValue());
    if (vector.has("featureOrderUnstable")) {
      assertThat(thrift(record)).isEqualTo(thrift(vector.bytes()));
    } else {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(record);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(vector.text("sha256"));
    }
  }

  @ParameterizedTest
  @MethodSource("writtenWithHex")
  void encodeShouldGiveTheContentOfLibtwmlInAnyOrder(Vector vector) throws Exception {
    assertThat(thrift(encode(vector.line()))).isEqualTo(thrift(vector.bytes()));
  }

  @ParameterizedTest
  @MethodSource("refusedToWrite")
  void encodeShouldRefuseInTheWordsOfLibtwml(Vector vector) throws Exception {
    Result result = Filters.encode(vector.line() + "\n");

    assertThat(result.exitCode()).isEqualTo(1);
    ObjectNode expected = JSON.createObjectNode().put("error", vector.text("error"));
    assertThat(JSON.readTree(result.out())).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("read")
  void decodeShouldGiveWhatLibtwmlDecodes(Vector vector) throws Exception {
    Result result = Filters.decode(vector.text("hex") + "\n");

    assertThat(JSON.readTree(result.out())).isEqualTo(vector.json().get("decoded"));
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @MethodSource("refusedToRead")
  void decodeShouldRefuseWithAReason(Vector vector) throws Exception {
    Result result = Filters.decode(vector.text("hex") + "\n");

    JsonNode error = JSON.readTree(result.out());
    assertThat(error.get("error").asText()).startsWith("line 1: byte ");
    Reason stricter = GoldenVectors.STRICTER.get(vector.name());
    if (stricter != null) {
      assertThat(error.get("reason").asText())
          .isEqualTo(stricter.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void decodeShouldGiveBackWhatEncodeWasGiven() throws Exception {
    List<Vector> vectors = written().filter(vector -> vector.has("hex")).toList();
    String records = String.join("\n", vectors.stream().map(v -> v.text("hex")).toList());

    List<String> decoded = Filters.decode(records).lines();

    assertThat(decoded).hasSameSizeAs(vectors);
    for (int i = 0; i < decoded.size(); i++) {
      for (JsonNode tensor : JSON.readTree(decoded.get(i)).path("tensors")) {
        JsonNode given = given(vectors.get(i), tensor);
        if (given.get("dtype").asText().equals("STRING")) {
          assertThat(tensor.get("strings").findValuesAsText("hex"))
              .isEqualTo(JSON.convertValue(given.get("hex"), List.class));
        } else {
          assertThat(tensor.get("data")).isEqualTo(given.get("data"));
          assertThat(tensor.path("bits").asText()).isEqualTo(given.path("bits").asText());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void featureIdShouldGiveTheIdOfLibtwmlForAnArgument(Vector vector) {
    Result result = Filters.featureId(new byte[0], "--", vector.text("name"));

    assertThat(result.out()).isEqualTo(id(vector) + "\t" + vector.text("name") + "\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void featureIdShouldGiveTheIdsOfLibtwmlForStandardInput() {
    List<Vector> vectors =
        GoldenVectors.featureIds()
            .filter(vector -> !vector.text("utf8Hex").matches("(..)*0a(..)*"))
            .toList();
    String lines =
        String.join("", vectors.stream().map(v -> latin1(v.text("utf8Hex")) + "\n").toList());

    Result result = Filters.featureId(lines.getBytes(StandardCharsets.ISO_8859_1), "-");

    List<String> expected = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      if (id(vectors.get(i)) == null) {
        errors.add("error: line " + (i + 1) + ": feature name is not UTF-8 at byte ");
      } else {
        expected.add(id(vectors.get(i)));
      }
    }
    assertThat(result.lines().stream().map(line -> line.split("\t", 2)[0])).isEqualTo(expected);
    assertThat(result.err().lines().map(line -> line.replaceAll("\\d+$", ""))).isEqualTo(errors);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  private static byte[] encode(String line) throws Exception {
    Result result = Filters.encode(line + "\n");
    JsonNode json = JSON.readTree(result.out());
    assertThat(json.fieldNames()).toIterable().containsExactly("hex");
    assertThat(result.exitCode()).isZero();
    return GoldenVectors.unhex(json.get("hex").asText());
  }

  /** Only what the op is given, in the order in which libtwml wrote it. */
  private static String inOrder(Vector vector) {
    ObjectNode line = JSON.createObjectNode();
    JsonNode keys = vector.json().get("keys");
    JsonNode tensors = vector.json().get("tensors");
    line.set("keys", keys);
    line.set("tensors", tensors);
    if (vector.has("features")) {
      line.set("features", vector.json().get("features"));
    }
    if (vector.has("order")) {
      line.set("keys", vector.json().get("order"));
      line.putArray("tensors");
      for (JsonNode key : vector.json().get("order")) {
        line.withArray("/tensors").add(tensors.get(position(keys, key)));
      }
    } else if (vector.has("keysShape")) {
      line.set("keysShape", vector.json().get("keysShape"));
    }
    return line.toString();
  }

  private static JsonNode given(Vector vector, JsonNode decoded) {
    int position = position(vector.json().get("keys"), decoded.get("key"));
    return vector.json().get("tensors").get(position);
  }

  private static int position(JsonNode keys, JsonNode key) {
    int position = 0;
    while (keys.get(position).longValue() != key.longValue()) {
      position++;
    }
    return position;
  }

  private static DataRecord thrift(byte[] record) throws Exception {
    DataRecord result = new DataRecord();
    new TDeserializer(new TBinaryProtocol.Factory()).deserialize(result, record);
    return result;
  }

  /** Null where libtwml has no id by its own rules either. */
  private static String id(Vector vector) {
    String field = vector.has("id") ? "idString" : "idByPlainAlgorithm";
    return vector.has(field) ? vector.text(field) : null;
  }

  private static String latin1(String hex) {
    return new String(GoldenVectors.unhex(hex), StandardCharsets.ISO_8859_1);
  }

  static Stream<Vector> written() {
    return GoldenVectors.writes().filter(vector -> !vector.has("error"));
  }

  static Stream<Vector> writtenWithHex() {
    return written().filter(vector -> vector.has("hex"));
  }

  static Stream<Vector> refusedToWrite() {
    return GoldenVectors.writes().filter(vector -> vector.has("error"));
  }

  static Stream<Vector> read() {
    return Stream.concat(GoldenVectors.reads(), GoldenVectors.malformed())
        .filter(
            vector -> vector.has("decoded") && !GoldenVectors.STRICTER.containsKey(vector.name()));
  }

  static Stream<Vector> refusedToRead() {
    return Stream.concat(GoldenVectors.reads(), GoldenVectors.malformed())
        .filter(
            vector -> !vector.has("decoded") || GoldenVectors.STRICTER.containsKey(vector.name()));
  }

  static Stream<Vector> named() {
    return GoldenVectors.featureIds()
        .filter(vector -> id(vector) != null && !vector.json().get("name").isNull());
  }
}
