package io.embeddingexport.datarecord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.datarecord.MalformedRecordException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of {@code src/datarecord/test/resources/golden}: bytes produced by libtwml. */
public final class GoldenVectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What libtwml's reader takes and ours refuses on purpose. */
  public static final Map<String, Reason> STRICTER =
      Map.of(
          "read/raw-shape-mismatch", Reason.SHAPE_CONTRADICTS_CONTENT,
          "read/raw-odd-length", Reason.SHAPE_CONTRADICTS_CONTENT,
          "read/trailing-bytes", Reason.TRAILING_BYTES,
          "count-too-small", Reason.TRAILING_BYTES,
          "count-negative", Reason.NEGATIVE_LENGTH,
          "shape-negative-dim", Reason.SHAPE_CONTRADICTS_CONTENT,
          "string-list-count-negative", Reason.NEGATIVE_LENGTH,
          "length-prefixed", Reason.TRAILING_BYTES,
          "bitflip-0-at-51", Reason.SHAPE_CONTRADICTS_CONTENT,
          "bitflip-3-at-52", Reason.SHAPE_CONTRADICTS_CONTENT);

  /** One line of a file; shown by its name in test reports. */
  public record Vector(String name, JsonNode json, String line) {
    public boolean has(String field) {
      return json.has(field);
    }

    public String text(String field) {
      return json.get(field).asText();
    }

    public byte[] bytes() {
      return unhex(text("hex"));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static Stream<Vector> writes() {
    return lines("datarecord-vectors.jsonl").filter(v -> v.text("kind").equals("write"));
  }

  public static Stream<Vector> reads() {
    return lines("datarecord-vectors.jsonl").filter(v -> v.text("kind").equals("read"));
  }

  public static Stream<Vector> malformed() {
    return lines("malformed-vectors.jsonl");
  }

  public static Stream<Vector> featureIds() {
    return lines("feature-id-vectors.jsonl");
  }

  public static byte[] unhex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static Stream<Vector> lines(String file) {
    try (InputStream in = GoldenVectors.class.getResourceAsStream("/golden/" + file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<Vector> vectors = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode json = JSON.readTree(line);
        vectors.add(new Vector(json.path("name").asText(), json, line));
      }
      return vectors.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tensor of a write vector, by the rules of the vectors' README. */
  static Tensor tensor(JsonNode json) {
    DataType dataType = DataType.valueOf(json.get("dtype").asText());
    long[] dims = new long[json.get("shape").size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = json.get("shape").get(i).asLong();
    }
    Shape shape = Shape.of(dims);
    if (dataType == DataType.STRING) {
      List<byte[]> strings = new ArrayList<>();
      json.get("hex").forEach(hex -> strings.add(unhex(hex.asText())));
      return Tensor.ofStrings(shape, strings);
    }
    int count = shape.fixedElementCount();
    ByteBuffer payload =
        ByteBuffer.allocate(count * dataType.elementBytes()).order(ByteOrder.LITTLE_ENDIAN);
    if (json.has("gen")) {
      generate(json.get("gen"), dataType, count, payload);
    } else if (dataType.isFloatingPoint()) {
      ByteBuffer bits = ByteBuffer.wrap(unhex(json.get("bits").asText()));
      for (int i = 0; i < count; i++) {
        if (dataType == DataType.FLOAT) {
          payload.putInt(bits.getInt());
        } else {
          payload.putLong(bits.getLong());
        }
      }
    } else {
      json.get("data").forEach(element -> put(payload, dataType, element));
    }
    return Tensor.ofRaw(dataType, shape, payload.array());
  }

  private static void put(ByteBuffer payload, DataType dataType, JsonNode element) {
    switch (dataType) {
      case INT32 -> payload.putInt(element.intValue());
      case INT64 -> payload.putLong(element.longValue());
      case UINT8 -> payload.put((byte) element.intValue());
      case BOOL -> payload.put((byte) (element.booleanValue() ? 1 : 0));
      default -> throw new AssertionError(dataType);
    }
  }

  private static void generate(JsonNode gen, DataType dataType, int count, ByteBuffer payload) {
    boolean ramp = gen.get("kind").asText().equals("ramp");
    long x = gen.path("seed").asLong();
    for (int i = 0; i < count; i++) {
      x = x * 1664525 + 1013904223 & 0xffffffffL;
      switch (dataType) {
        case FLOAT -> payload.putInt(ramp ? rampFloat(i) : (int) (x >> 9) | 0x3f800000);
        case DOUBLE -> payload.putDouble(i % 1000 * 0.25 - 100);
        case INT32 -> payload.putInt(ramp ? i % 1000 - 100 : (int) x);
        case INT64 -> payload.putLong(ramp ? i % 1000 - 100 : (int) x * 65537L);
        default -> throw new AssertionError(dataType);
      }
    }
  }

  private static int rampFloat(int i) {
    return Float.floatToRawIntBits(i % 1000 * 0.25f - 100);
  }

  private GoldenVectors() {}
}
