package io.embeddingexport.cli.vectors;

import static io.embeddingexport.cli.vectors.InvalidLineException.inLibtwmlsWords;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.embeddingexport.datarecord.DataRecordWriter;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Converts the inputs of libtwml's DataRecordTensorWriter op, as JSON, to a record in hex: {@code
 * {"keys":[…],"tensors":[…]}}. Test vectors may also have {@code features}, {@code keysShape},
 * {@code gen} in place of a tensor's data, and {@code level} ({@code "op"}: refuse what the op's
 * attributes refuse). All other fields are ignored.
 */
public final class Encoding {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> OP_TYPES =
      Set.of("STRING", "INT32", "INT64", "FLOAT", "DOUBLE", "BOOL");

  private static final List<String> OF_VECTORS = List.of("features", "keysShape", "level");

  /** Keys and tensors alone; a {@link JsonFilter.Conversion}. */
  public static void convert(byte[] line, JsonGenerator json) throws IOException {
    JsonField input = parse(line);
    OF_VECTORS.stream().filter(input::has).findFirst().ifPresent(Encoding::refuse);
    input
        .array("tensors")
        .elements()
        .filter(tensor -> tensor.has("gen"))
        .findFirst()
        .ifPresent(tensor -> refuse("gen"));
    write(input, json);
  }

  /** Everything that test vectors have; a {@link JsonFilter.Conversion}. */
  public static void convertVector(byte[] line, JsonGenerator json) throws IOException {
    write(parse(line), json);
  }

  private static void refuse(String field) {
    throw InvalidLineException.of("'" + field + "' is a field of test vectors; give --vectors");
  }

  private static void write(JsonField input, JsonGenerator json) throws IOException {
    String hex = HexFormat.of().formatHex(encode(input));
    json.writeStartObject();
    json.writeStringField("hex", hex);
    json.writeEndObject();
  }

  private static JsonField parse(byte[] line) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node.isObject()) {
        return new JsonField(node, "");
      }
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw InvalidLineException.of(
          "not JSON, at column " + column + ": " + e.getOriginalMessage());
    }
    throw InvalidLineException.of("not a JSON object like {\"keys\":[1],\"tensors\":[{…}]}");
  }

  private static byte[] encode(JsonField input) {
    JsonField keys = input.array("keys");
    JsonField tensors = input.array("tensors");
    int count = keys.node().size();
    if (input.has("level") && input.get("level").toText().equals("op")) {
      checkOpAttribute(tensors.node());
    }
    if (input.has("keysShape") && input.shape("keysShape").fixedElementCount() != count) {
      throw input.get("keysShape").invalid("does not hold " + count + " keys");
    }
    if (count != tensors.node().size()) {
      throw inLibtwmlsWords("Number of dense keys and dense tensors do not match");
    }
    DataRecordWriter record = new DataRecordWriter();
    Iterator<JsonField> each = tensors.elements().iterator();
    keys.elements().forEach(key -> record.tensor(key.toLong(), TensorInput.read(each.next())));
    if (input.has("features")) {
      FeaturesInput.addTo(record, input.get("features"));
    }
    return record.write();
  }

  /** Refuses inputs that TensorFlow refuses when it builds the graph. */
  private static void checkOpAttribute(JsonNode tensors) {
    if (tensors.isEmpty()) {
      throw inLibtwmlsWords("op attribute T needs at least one tensor");
    }
    for (JsonNode tensor : tensors) {
      String dataType = tensor.path("dtype").asText();
      if (!OP_TYPES.contains(dataType)) {
        throw inLibtwmlsWords("op attribute T does not allow " + dataType);
      }
    }
  }

  private Encoding() {}
}
