package io.embeddingexport.cli.peek;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.SparseTensor;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Prints tensors: {@code dtype}, {@code shape} if stated, and the elements, row-major. */
public final class ReadableTensor {
  private final JsonGenerator json;
  private final PrintLimits cut;

  public ReadableTensor(JsonGenerator json, PrintLimits cut) {
    this.json = json;
    this.cut = cut;
  }

  /** Writes one object. */
  public void write(Tensor tensor) throws IOException {
    json.writeStartObject();
    json.writeStringField("dtype", tensor.dataType().name());
    if (tensor.hasShape()) {
      json.writeFieldName("shape");
      long[] shape = tensor.shape().toArray();
      json.writeArray(shape, 0, shape.length);
    }
    if (tensor.encoding().isTyped()) {
      json.writeStringField("encoding", "typed");
    }
    if (tensor.dataType() == DataType.STRING && tensor.encoding() != TensorEncoding.STRING) {
      byte[] content = new byte[tensor.contentLength()];
      tensor.content().get(content);
      json.writeStringField("hex", BytesForm.hex(content, cut.bytes()));
    } else {
      json.writeFieldName("data");
      writeData(tensor);
    }
    json.writeEndObject();
  }

  /** Writes one object. */
  void write(SparseTensor tensor) throws IOException {
    json.writeStartObject();
    List<Long> denseShape = tensor.denseShape();
    if (denseShape != null) {
      json.writeFieldName("denseShape");
      json.writeArray(
          denseShape.stream().mapToLong(Long::longValue).toArray(), 0, denseShape.size());
    }
    json.writeFieldName("indices");
    write(tensor.indices());
    json.writeFieldName("values");
    write(tensor.values());
    json.writeEndObject();
  }

  /** Writes a number, or the name of a value JSON has no number for. */
  void writeNumber(double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }

  /** Writes an array of the elements. */
  public void writeData(Tensor tensor) throws IOException {
    json.writeStartArray();
    int count = tensor.elementCount();
    int shown = Math.min(count, cut.elements());
    if (tensor.encoding() == TensorEncoding.STRING) {
      for (var string : tensor.toStrings().subList(0, shown)) {
        json.writeString(BytesForm.text(string));
      }
    } else {
      ByteBuffer content = tensor.content();
      for (int i = 0; i < shown; i++) {
        writeElement(tensor, content);
      }
    }
    if (shown < count) {
      json.writeString(BytesForm.more(count - shown));
    }
    json.writeEndArray();
  }

  /** A byte other than 0 and 1 is shown as a number. */
  private void writeBool(byte element) throws IOException {
    if (element == 0 || element == 1) {
      json.writeBoolean(element == 1);
    } else {
      json.writeNumber(Byte.toUnsignedInt(element));
    }
  }

  private void writeElement(Tensor tensor, ByteBuffer content) throws IOException {
    switch (tensor.dataType()) {
      case FLOAT -> {
        // A typed tensor has doubles on the wire.
        boolean wide = tensor.encoding() == TensorEncoding.FLOAT;
        float element = wide ? (float) content.getDouble() : content.getFloat();
        if (Float.isFinite(element)) {
          json.writeNumber(element);
        } else {
          json.writeString(Float.toString(element));
        }
      }
      case DOUBLE -> writeNumber(content.getDouble());
      case INT32 -> json.writeNumber(content.getInt());
      case INT64 -> json.writeNumber(content.getLong());
      case UINT8 -> json.writeNumber(Byte.toUnsignedInt(content.get()));
      case BOOL -> writeBool(content.get());
      case STRING, BYTE -> throw new IllegalStateException("no elements in " + tensor);
    }
  }
}
