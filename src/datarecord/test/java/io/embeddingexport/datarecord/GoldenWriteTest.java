package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.GoldenVectors.unhex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.datarecord.GoldenVectors.Vector;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What libtwml wrote, written again. */
class GoldenWriteTest {

  @ParameterizedTest
  @MethodSource("records")
  void writeShouldGiveTheBytesOfLibtwml(Vector vector) throws Exception {
    byte[] record = writer(vector).write();

    assertSameRecord(vector, record);
  }

  @ParameterizedTest
  @MethodSource("tensorRecords")
  void templateShouldGiveTheBytesOfLibtwml(Vector vector) throws Exception {
    RecordTemplate.Builder template = RecordTemplate.builder();
    List<Tensor> tensors = new ArrayList<>();
    tensors(vector)
        .forEach(
            (key, tensor) -> {
              template.tensor(key, tensor.dataType(), tensor.shape(), tensor.encoding());
              tensors.add(tensor);
            });

    byte[] record = template.build().write(new long[0], tensors.toArray(Tensor[]::new));

    assertSameRecord(vector, record);
  }

  @ParameterizedTest
  @MethodSource("records")
  void readShouldGiveBackWhatWasWritten(Vector vector) throws Exception {
    DataRecordView view = DataRecordReader.read(writer(vector).write());

    assertThat(view.tensors()).isEqualTo(tensors(vector));
  }

  @Test
  void givenAnEmptySparseContinuousFeatureWhenAddedThenItIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DataRecordWriter().sparseContinuous(8, Map.of()))
        .withMessageContaining("sparse-continuous feature 8");
  }

  private static void assertSameRecord(Vector vector, byte[] record) throws Exception {
    assertThat(record).hasSize(vector.json().get("length").intValue());
    if (vector.has("featureOrderUnstable")) {
      assertThat(LibThrift.deserialize(record)).isEqualTo(LibThrift.deserialize(vector.bytes()));
      return;
    }
    if (vector.has("hex")) {
      assertThat(record).asHexString().isEqualToIgnoringCase(vector.text("hex"));
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(record);
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(vector.text("sha256"));
  }

  /** The vector's tensors in the order libtwml wrote them; of two under one key, the first. */
  private static Map<Long, Tensor> tensors(Vector vector) {
    JsonNode keys = vector.json().get("keys");
    Map<Long, Tensor> given = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      given.putIfAbsent(
          keys.get(i).longValue(), GoldenVectors.tensor(vector.json().get("tensors").get(i)));
    }
    if (!vector.has("order")) {
      return given;
    }
    Map<Long, Tensor> ordered = new LinkedHashMap<>();
    vector
        .json()
        .get("order")
        .forEach(key -> ordered.put(key.longValue(), given.get(key.longValue())));
    assertThat(ordered.keySet()).containsExactlyInAnyOrderElementsOf(given.keySet());
    return ordered;
  }

  private static DataRecordWriter writer(Vector vector) {
    DataRecordWriter writer = new DataRecordWriter();
    tensors(vector).forEach(writer::tensor);
    if (vector.has("order")) {
      return writer;
    }
    // Every pair given, repeated keys too.
    JsonNode keys = vector.json().get("keys");
    for (int i = 0; i < keys.size(); i++) {
      writer.tensor(
          keys.get(i).longValue(), GoldenVectors.tensor(vector.json().get("tensors").get(i)));
    }
    JsonNode features = vector.json().path("features");
    features.path("binary").forEach(id -> writer.binary(id.longValue()));
    features.path("continuous").forEach(each -> writer.continuous(id(each), value(each)));
    features
        .path("discrete")
        .forEach(each -> writer.discrete(id(each), each.get("value").longValue()));
    features.path("string").forEach(each -> writer.string(id(each), hex(each.get("hex"))));
    features
        .path("sparseBinary")
        .forEach(
            each -> {
              List<Bytes> values = new ArrayList<>();
              each.get("hex").forEach(value -> values.add(hex(value)));
              writer.sparseBinary(id(each), values);
            });
    features
        .path("sparseContinuous")
        .forEach(
            each -> {
              Map<Bytes, Double> entries = new LinkedHashMap<>();
              each.get("entries")
                  .forEach(entry -> entries.put(hex(entry.get("hex")), value(entry)));
              writer.sparseContinuous(id(each), entries);
            });
    features.path("blob").forEach(each -> writer.blob(id(each), hex(each.get("hex"))));
    return writer;
  }

  private static long id(JsonNode feature) {
    return feature.get("id").longValue();
  }

  private static double value(JsonNode feature) {
    return ByteBuffer.wrap(unhex(feature.get("bits").asText())).getDouble();
  }

  private static Bytes hex(JsonNode hex) {
    return Bytes.of(unhex(hex.asText()));
  }

  static Stream<Vector> records() {
    return GoldenVectors.writes().filter(vector -> !vector.has("error"));
  }

  static Stream<Vector> tensorRecords() {
    return records().filter(vector -> !vector.has("features"));
  }
}
