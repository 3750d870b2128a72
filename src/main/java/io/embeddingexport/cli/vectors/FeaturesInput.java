package io.embeddingexport.cli.vectors;

import static io.embeddingexport.cli.vectors.InvalidLineException.inLibtwmlsWords;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The vectors' {@code features}: everything in a record except tensors. */
final class FeaturesInput {

  static void addTo(DataRecordWriter record, VectorFields features) throws InvalidLineException {
    if (features.has("binary")) {
      JsonNode ids = features.array("binary");
      for (int i = 0; i < ids.size(); i++) {
        record.binary(VectorFields.toLong(ids.get(i), features.path("binary") + "[" + i + "]"));
      }
    }
    forEach(features, "continuous", (id, each) -> record.continuous(id, each.number("value")));
    forEach(features, "discrete", (id, each) -> record.discrete(id, each.integer("value")));
    forEach(features, "string", (id, each) -> record.string(id, text(each, "value")));
    forEach(features, "blob", (id, each) -> record.blob(id, each.hex("hex")));
    forEach(features, "sparseBinary", (id, each) -> record.sparseBinary(id, strings(each)));
    forEach(features, "sparseContinuous", (id, each) -> record.sparseContinuous(id, entries(each)));
  }

  private static void forEach(VectorFields features, String field, Adder adder)
      throws InvalidLineException {
    if (features.has(field)) {
      JsonNode values = features.array(field);
      for (int i = 0; i < values.size(); i++) {
        VectorFields each = new VectorFields(values.get(i), features.path(field) + "[" + i + "]");
        adder.add(each.integer("id"), each);
      }
    }
  }

  /** Uses its hex if given, else the UTF-8 of its text. */
  private static Bytes text(VectorFields fields, String field) throws InvalidLineException {
    return fields.has("hex") ? fields.hex("hex") : Bytes.ofUtf8(fields.text(field));
  }

  private static List<Bytes> strings(VectorFields feature) throws InvalidLineException {
    List<Bytes> strings = new ArrayList<>();
    for (JsonNode hex : feature.array("hex")) {
      strings.add(VectorFields.toBytes(hex, feature.path("hex")));
    }
    return strings;
  }

  private static Map<Bytes, Double> entries(VectorFields feature) throws InvalidLineException {
    Map<Bytes, Double> entries = new LinkedHashMap<>();
    for (JsonNode entry : feature.array("entries")) {
      VectorFields fields = new VectorFields(entry, feature.path("entries[]"));
      entries.put(text(fields, "key"), fields.number("value"));
    }
    if (entries.isEmpty()) {
      throw inLibtwmlsWords("Found error while processing stream: can't write malformed record");
    }
    return entries;
  }

  private interface Adder {
    void add(long id, VectorFields feature) throws InvalidLineException;
  }

  private FeaturesInput() {}
}
