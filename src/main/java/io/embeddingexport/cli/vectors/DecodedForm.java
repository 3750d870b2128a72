package io.embeddingexport.cli.vectors;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.SparseTensor;
import io.embeddingexport.datarecord.Tensor;
import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a record's contents in the form of the vectors' {@code decoded}: features sorted by id,
 * tensors by key, and empty fields left out.
 */
public final class DecodedForm {
  private static final HexFormat HEX = HexFormat.of();

  private final JsonGenerator json;
  private final TensorForm tensorForm;

  public DecodedForm(JsonGenerator json) {
    this.json = json;
    this.tensorForm = new TensorForm(json);
  }

  /**
   * Writes one object.
   *
   * @param length bytes of the record
   */
  public void write(DataRecordView record, int length) throws IOException {
    json.writeStartObject();
    json.writeNumberField("length", length);
    json.writeNumberField("consumed", length);
    if (!record.binaryFeatures().isEmpty()) {
      json.writeArrayFieldStart("binary");
      for (long id : sorted(record.binaryFeatures())) {
        json.writeNumber(id);
      }
      json.writeEndArray();
    }
    writeArray("continuous", "id", record.continuousFeatures(), this::writeDouble);
    writeArray(
        "discrete",
        "id",
        record.discreteFeatures(),
        value -> json.writeNumberField("value", value));
    writeArray("string", "id", record.stringFeatures(), this::writeText);
    writeArray("sparseBinary", "id", record.sparseBinaryFeatures(), this::writeTexts);
    writeArray("sparseContinuous", "id", record.sparseContinuousFeatures(), this::writeEntries);
    writeArray("blob", "id", record.blobFeatures(), this::writeHex);
    writeArray("tensors", "key", record.tensors(), tensorForm::writeFields);
    writeArray("sparseTensors", "key", record.sparseTensors(), this::writeSparse);
    json.writeEndObject();
  }

  private static long[] sorted(Collection<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private <V> void writeArray(
      String name, String idName, Map<Long, V> values, VectorFields<V> fields) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (Map.Entry<Long, V> entry : new TreeMap<>(values).entrySet()) {
      json.writeStartObject();
      json.writeNumberField(idName, entry.getKey());
      fields.write(entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeDouble(double value) throws IOException {
    json.writeFieldName("value");
    tensorForm.writeNumber(value);
    json.writeStringField("bits", HEX.toHexDigits(Double.doubleToRawLongBits(value)));
  }

  private void writeHex(Bytes value) throws IOException {
    json.writeStringField("hex", HEX.formatHex(value.toArray()));
  }

  private void writeText(Bytes value) throws IOException {
    writeHex(value);
    json.writeStringField("utf8", value.utf8());
  }

  private void writeTexts(Collection<Bytes> values) throws IOException {
    json.writeArrayFieldStart("values");
    for (Bytes value : values) {
      json.writeStartObject();
      writeText(value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeEntries(Map<Bytes, Double> entries) throws IOException {
    json.writeArrayFieldStart("entries");
    for (Map.Entry<Bytes, Double> entry : entries.entrySet()) {
      json.writeStartObject();
      writeText(entry.getKey());
      writeDouble(entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeSparse(SparseTensor tensor) throws IOException {
    json.writeArrayFieldStart("denseShape");
    if (tensor.denseShape() != null) {
      for (long dim : tensor.denseShape()) {
        json.writeNumber(dim);
      }
    }
    json.writeEndArray();
    writeNested("indices", tensor.indices());
    writeNested("values", tensor.values());
  }

  private void writeNested(String name, Tensor tensor) throws IOException {
    json.writeObjectFieldStart(name);
    tensorForm.writeFields(tensor);
    json.writeEndObject();
  }

  private interface VectorFields<V> {
    void write(V value) throws IOException;
  }
}
