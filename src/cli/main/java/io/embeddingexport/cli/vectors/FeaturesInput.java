package io.embeddingexport.cli.vectors;

import static io.embeddingexport.cli.vectors.InvalidLineException.inLibtwmlsWords;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The vectors' {@code features}: everything in a record except tensors. */
final class FeaturesInput {

  static void addTo(DataRecordWriter record, JsonField features) {
    if (features.has("binary")) {
      features.array("binary").elements().forEach(id -> record.binary(id.toLong()));
    }
    forEach(features, "continuous", (id, each) -> record.continuous(id, number(each)));
    forEach(features, "discrete", (id, each) -> record.discrete(id, each.get("value").toLong()));
    forEach(features, "string", (id, each) -> record.string(id, text(each, "value")));
    forEach(features, "blob", (id, each) -> record.blob(id, each.get("hex").toBytes()));
    forEach(features, "sparseBinary", (id, each) -> record.sparseBinary(id, strings(each)));
    forEach(features, "sparseContinuous", (id, each) -> record.sparseContinuous(id, entries(each)));
  }

  private static void forEach(JsonField features, String field, BiConsumer<Long, JsonField> adder) {
    if (features.has(field)) {
      features.array(field).elements().forEach(each -> adder.accept(each.get("id").toLong(), each));
    }
  }

  /** Uses its hex if given, else the UTF-8 of its text. */
  private static Bytes text(JsonField fields, String field) {
    return fields.has("hex")
        ? fields.get("hex").toBytes()
        : Bytes.ofUtf8(fields.get(field).toText());
  }

  /** A double from its bits if given, else from its value. */
  private static double number(JsonField fields) {
    if (!fields.has("bits")) {
      return fields.get("value").toDouble();
    }
    Bytes bits = fields.get("bits").toBytes();
    if (bits.length() != Double.BYTES) {
      throw fields.get("bits").invalid("are not 16 hex digits");
    }
    return bits.asByteBuffer().getDouble();
  }

  private static List<Bytes> strings(JsonField feature) {
    JsonField strings = feature.array("hex");
    return strings
        .elements()
        .map(hex -> new JsonField(hex.node(), strings.path()).toBytes())
        .toList();
  }

  private static Map<Bytes, Double> entries(JsonField feature) {
    JsonField list = feature.array("entries");
    Map<Bytes, Double> entries = new LinkedHashMap<>();
    list.elements()
        .map(entry -> new JsonField(entry.node(), list.path() + "[]"))
        .forEach(entry -> entries.put(text(entry, "key"), number(entry)));
    if (entries.isEmpty()) {
      throw inLibtwmlsWords("Found error while processing stream: can't write malformed record");
    }
    return entries;
  }

  private FeaturesInput() {}
}
