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
  public static void convert(byte[] line, JsonGenerator json)
      throws IOException, InvalidLineException {
    VectorFields input = parse(line);
    for (String field : OF_VECTORS) {
      if (input.has(field)) {
        throw ofVectors(field);
      }
    }
    for (JsonNode tensor : input.array("tensors")) {
      if (tensor.has("gen")) {
        throw ofVectors("gen");
      }
    }
    write(input, json);
  }

  /** Everything that test vectors have; a {@link JsonFilter.Conversion}. */
  public static void convertVector(byte[] line, JsonGenerator json)
      throws IOException, InvalidLineException {
    write(parse(line), json);
  }

  private static InvalidLineException ofVectors(String field) {
    return InvalidLineException.of("'" + field + "' is a field of test vectors; give --vectors");
  }

  private static void write(VectorFields input, JsonGenerator json)
      throws IOException, InvalidLineException {
    String hex = HexFormat.of().formatHex(encode(input));
    json.writeStartObject();
    json.writeStringField("hex", hex);
    json.writeEndObject();
  }

  private static VectorFields parse(byte[] line) throws IOException, InvalidLineException {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node.isObject()) {
        return new VectorFields(node, "");
      }
    } catch (JsonProcessingException e) {
      throw InvalidLineException.of(
          "not JSON, at column "
              + (e.getLocation() == null ? 1 : e.getLocation().getColumnNr())
              + ": "
              + e.getOriginalMessage());
    }
    throw InvalidLineException.of("not a JSON object like {\"keys\":[1],\"tensors\":[{…}]}");
  }

  private static byte[] encode(VectorFields input) throws InvalidLineException {
    JsonNode keys = input.array("keys");
    JsonNode tensors = input.array("tensors");
    if (input.has("level") && input.text("level").equals("op")) {
      checkOpAttribute(tensors);
    }
    if (input.has("keysShape") && input.shape("keysShape").fixedElementCount() != keys.size()) {
      throw input.invalid("keysShape", "does not hold " + keys.size() + " keys");
    }
    if (keys.size() != tensors.size()) {
      throw inLibtwmlsWords("Number of dense keys and dense tensors do not match");
    }
    DataRecordWriter record = new DataRecordWriter();
    for (int i = 0; i < keys.size(); i++) {
      long key = VectorFields.toLong(keys.get(i), "keys[" + i + "]");
      record.tensor(key, TensorInput.read(new VectorFields(tensors.get(i), "tensors[" + i + "]")));
    }
    if (input.has("features")) {
      FeaturesInput.addTo(record, input.object("features"));
    }
    return record.write();
  }

  /** Refuses inputs that TensorFlow refuses when it builds the graph. */
  private static void checkOpAttribute(JsonNode tensors) throws InvalidLineException {
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
