package io.embeddingexport.cli.samples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.cli.peek.PrintLimits;
import io.embeddingexport.cli.peek.ReadableTensor;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
      ReadableTensor form = new ReadableTensor(json, PrintLimits.NONE);
      if (event.named()) {
        json.writeStartObject();
        for (Map.Entry<String, Tensor> tensor : event.tensors().entrySet()) {
          json.writeFieldName(tensor.getKey());
          write(tensor.getValue(), form);
        }
        json.writeEndObject();
      } else {
        json.writeStartArray();
        for (Tensor tensor : event.tensors().values()) {
          write(tensor, form);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return bytes.toByteArray();
  }

  /** A list of floats needs no dtype and no shape. */
  private static void write(Tensor tensor, ReadableTensor form) throws IOException {
    if (tensor.dataType() == DataType.FLOAT && tensor.shape().rank() == 1) {
      form.writeData(tensor);
    } else {
      form.write(tensor);
    }
  }
}
