package io.embeddingexport.cli.samples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** JSON as a person would write it: numbers, and only the tensor fields that they need. */
final class JsonSampleFormat implements SampleFormat {
  private final JsonFactory factory = new JsonFactory();

  @Override
  public byte[] write(SampleEvent event, long eventTimeMillis) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("entityId", event.entityId());
      json.writeNumberField("eventTimeMillis", eventTimeMillis);
      json.writeStringField("model", event.config().model());
      if (event.statesVersion()) {
        json.writeNumberField("keyConfigVersion", event.config().version());
      }
      json.writeFieldName("tensors");
      if (event.named()) {
        json.writeStartObject();
        for (Map.Entry<String, Tensor> tensor : event.tensors().entrySet()) {
          json.writeFieldName(tensor.getKey());
          write(tensor.getValue(), json);
        }
        json.writeEndObject();
      } else {
        json.writeStartArray();
        for (Tensor tensor : event.tensors().values()) {
          write(tensor, json);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Tensor tensor, JsonGenerator json) throws IOException {
    if (tensor.dataType() == DataType.FLOAT && tensor.shape().rank() == 1) {
      writeData(tensor, json);
      return;
    }
    json.writeStartObject();
    json.writeStringField("dtype", tensor.dataType().name());
    json.writeFieldName("shape");
    long[] shape = tensor.shape().toArray();
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data");
    writeData(tensor, json);
    json.writeEndObject();
  }

  private static void writeData(Tensor tensor, JsonGenerator json) throws IOException {
    json.writeStartArray();
    if (tensor.dataType() == DataType.STRING) {
      for (Bytes string : tensor.toStrings()) {
        json.writeString(string.utf8());
      }
    } else {
      ByteBuffer content = tensor.content();
      while (content.hasRemaining()) {
        switch (tensor.dataType()) {
          case FLOAT -> json.writeNumber(content.getFloat());
          case DOUBLE -> json.writeNumber(content.getDouble());
          case INT32 -> json.writeNumber(content.getInt());
          case INT64 -> json.writeNumber(content.getLong());
          case UINT8 -> json.writeNumber(Byte.toUnsignedInt(content.get()));
          case BOOL -> json.writeBoolean(content.get() != 0);
          case STRING, BYTE -> throw new IllegalStateException("no numbers in " + tensor);
        }
      }
    }
    json.writeEndArray();
  }
}
