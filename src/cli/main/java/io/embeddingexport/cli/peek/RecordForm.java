package io.embeddingexport.cli.peek;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordView;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongFunction;

/** Prints the contents of a record, field by field under Thrift's names, without empty fields. */
public final class RecordForm {
  private final JsonGenerator json;
  private final PrintLimits cut;
  private final ReadableTensor tensors;

  public RecordForm(JsonGenerator json, PrintLimits cut) {
    this.json = json;
    this.cut = cut;
    this.tensors = new ReadableTensor(json, cut);
  }

  /**
   * Writes one object.
   *
   * @param tensorNames name of the tensor under a key
   */
  public void write(DataRecordView record, LongFunction<String> tensorNames) throws IOException {
    LongFunction<String> id = Long::toString;
    json.writeStartObject();
    if (!record.binaryFeatures().isEmpty()) {
      json.writeFieldName("binaryFeatures");
      writeArray(record.binaryFeatures(), json::writeNumber);
    }
    writeMap("continuousFeatures", record.continuousFeatures(), id, tensors::writeNumber);
    writeMap("discreteFeatures", record.discreteFeatures(), id, json::writeNumber);
    writeMap("stringFeatures", record.stringFeatures(), id, this::writeText);
    writeMap(
        "sparseBinaryFeatures",
        record.sparseBinaryFeatures(),
        id,
        strings -> writeArray(strings, this::writeText));
    writeMap(
        "sparseContinuousFeatures", record.sparseContinuousFeatures(), id, this::writeSparseValues);
    writeMap(
        "blobFeatures",
        record.blobFeatures(),
        id,
        blob -> json.writeString(BytesForm.hex(blob.toArray(), cut.bytes())));
    writeMap("tensors", record.tensors(), tensorNames, tensors::write);
    writeMap("sparseTensors", record.sparseTensors(), tensorNames, tensors::write);
    json.writeEndObject();
  }

  private <V> void writeMap(
      String field, Map<Long, V> values, LongFunction<String> names, Part<? super V> part)
      throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(field);
    for (Map.Entry<Long, V> entry : values.entrySet()) {
      json.writeFieldName(names.apply(entry.getKey()));
      part.write(entry.getValue());
    }
    json.writeEndObject();
  }

  private <V> void writeArray(Collection<V> values, Part<? super V> part) throws IOException {
    json.writeStartArray();
    int shown = 0;
    for (V value : values) {
      if (shown == cut.elements()) {
        json.writeString(BytesForm.more(values.size() - shown));
        break;
      }
      part.write(value);
      shown++;
    }
    json.writeEndArray();
  }

  /** Writes an array of pairs: two different keys may print the same. */
  private void writeSparseValues(Map<Bytes, Double> values) throws IOException {
    writeArray(
        values.entrySet(),
        entry -> {
          json.writeStartArray();
          writeText(entry.getKey());
          tensors.writeNumber(entry.getValue());
          json.writeEndArray();
        });
  }

  private void writeText(Bytes text) throws IOException {
    json.writeString(BytesForm.text(text));
  }

  private interface Part<V> {
    void write(V value) throws IOException;
  }
}
