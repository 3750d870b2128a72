package io.embeddingexport.cli.peek;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a DataRecord for a person: tensors by name where a key config knows it, features by id.
 * The {@code decode} command shows records bit by bit.
 */
final class RecordForm {
  private final Map<String, Map<Long, String>> namesByModel = new HashMap<>();

  RecordForm(Collection<KeyConfig> configs) {
    for (KeyConfig config : configs) {
      Map<Long, String> names = new HashMap<>();
      for (KeySpec key : config.keys()) {
        names.put(key.key(), key.name());
      }
      namesByModel.put(config.model(), names);
    }
  }

  /**
   * Writes a field {@code record}, or {@code malformed}.
   *
   * @param model from the message's header
   * @return whether it was a record
   */
  boolean write(byte[] value, @Nullable String model, JsonGenerator json) throws IOException {
    DataRecordView record;
    try {
      record = DataRecordReader.read(value);
    } catch (MalformedRecordException e) {
      json.writeObjectFieldStart("malformed");
      json.writeStringField("reason", e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.writeStringField("detail", e.getMessage());
      json.writeEndObject();
      return false;
    }
    json.writeObjectFieldStart("record");
    writeNumbers("discrete", record.discreteFeatures(), json);
    writeNumbers("continuous", record.continuousFeatures(), json);
    writeCount("binary", record.binaryFeatures().size(), json);
    writeCount("string", record.stringFeatures().size(), json);
    writeCount("sparseBinary", record.sparseBinaryFeatures().size(), json);
    writeCount("sparseContinuous", record.sparseContinuousFeatures().size(), json);
    writeCount("blob", record.blobFeatures().size(), json);
    writeCount("sparseTensors", record.sparseTensors().size(), json);
    writeTensors(record, namesByModel.getOrDefault(model == null ? "" : model, Map.of()), json);
    json.writeEndObject();
    return true;
  }

  private static void writeNumbers(
      String name, Map<Long, ? extends Number> features, JsonGenerator json) throws IOException {
    if (!features.isEmpty()) {
      json.writeObjectFieldStart(name);
      for (Map.Entry<Long, ? extends Number> feature : features.entrySet()) {
        json.writeFieldName(feature.getKey().toString());
        if (feature.getValue() instanceof Long integer) {
          json.writeNumber(integer);
        } else {
          writeDouble(feature.getValue().doubleValue(), json);
        }
      }
      json.writeEndObject();
    }
  }

  private static void writeCount(String name, int count, JsonGenerator json) throws IOException {
    if (count > 0) {
      json.writeNumberField(name + "Count", count);
    }
  }

  private static void writeTensors(
      DataRecordView record, Map<Long, String> names, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("tensors");
    for (Map.Entry<Long, Tensor> entry : record.tensors().entrySet()) {
      Tensor tensor = entry.getValue();
      json.writeStartObject();
      json.writeNumberField("key", entry.getKey());
      String name = names.get(entry.getKey());
      if (name != null) {
        json.writeStringField("name", name);
      }
      json.writeStringField("dtype", tensor.dataType().name());
      json.writeFieldName("shape");
      json.writeArray(tensor.shape().toArray(), 0, tensor.shape().rank());
      json.writeArrayFieldStart("data");
      writeData(tensor, json);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeData(Tensor tensor, JsonGenerator json) throws IOException {
    if (tensor.dataType() == DataType.STRING) {
      for (Bytes element : tensor.toStrings()) {
        json.writeString(element.utf8());
      }
      return;
    }
    switch (tensor.dataType()) {
      case FLOAT -> {
        for (float element : tensor.toFloats()) {
          writeFloat(element, json);
        }
      }
      case DOUBLE -> {
        for (double element : tensor.toDoubles()) {
          writeDouble(element, json);
        }
      }
      case INT32 -> {
        for (int element : tensor.toInts()) {
          json.writeNumber(element);
        }
      }
      case INT64 -> {
        for (long element : tensor.toLongs()) {
          json.writeNumber(element);
        }
      }
      case BOOL -> {
        for (boolean element : tensor.toBooleans()) {
          json.writeBoolean(element);
        }
      }
      default -> {
        java.nio.ByteBuffer content = tensor.content();
        while (content.hasRemaining()) {
          json.writeNumber(Byte.toUnsignedInt(content.get()));
        }
      }
    }
  }

  private static void writeFloat(float value, JsonGenerator json) throws IOException {
    if (Float.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Float.toString(value));
    }
  }

  private static void writeDouble(double value, JsonGenerator json) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }
}
