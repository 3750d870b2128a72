package io.embeddingexport.cli.vectors;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;

/** Writes tensors as libtwml's reader reports them. */
final class TensorForm {
  private static final HexFormat HEX = HexFormat.of();

  private final JsonGenerator json;

  TensorForm(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the fields of an object. */
  void writeFields(Tensor tensor) throws IOException {
    boolean strings = tensor.encoding() == TensorEncoding.STRING;
    // libtwml reads FloatTensor, a list of doubles, as doubles.
    DataType dataType =
        tensor.encoding() == TensorEncoding.FLOAT ? DataType.DOUBLE : tensor.dataType();
    json.writeStringField("encoding", encodingName(tensor.encoding()));
    json.writeStringField("dtype", dataType.name());
    json.writeStringField("twmlType", strings ? "uint8" : twmlType(dataType));
    json.writeArrayFieldStart("shape");
    if (tensor.shape().rank() == 0) {
      // libtwml treats an empty list of extents as none, and reports a vector.
      json.writeNumber(tensor.elementCount());
    }
    for (long dim : tensor.shape().toArray()) {
      json.writeNumber(dim);
    }
    json.writeEndArray();
    json.writeNumberField("rawLength", strings ? tensor.elementCount() : tensor.contentLength());
    json.writeBooleanField("bigEndian", tensor.encoding().isTyped());
    if (strings) {
      writeStrings(tensor);
    } else if (dataType == DataType.STRING) {
      json.writeStringField("contentHex", hex(tensor.content()));
    } else {
      writeData(tensor, dataType);
    }
  }

  private void writeStrings(Tensor tensor) throws IOException {
    json.writeArrayFieldStart("strings");
    for (Bytes string : tensor.toStrings()) {
      json.writeStartObject();
      json.writeStringField("hex", HEX.formatHex(string.toArray()));
      json.writeStringField("utf8", string.utf8());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeData(Tensor tensor, DataType dataType) throws IOException {
    int count = tensor.elementCount();
    ByteBuffer content = tensor.content();
    StringBuilder bits = new StringBuilder();
    json.writeArrayFieldStart("data");
    for (int i = 0; i < count; i++) {
      switch (dataType) {
        case FLOAT -> {
          int element = content.getInt();
          bits.append(HEX.toHexDigits(element));
          writeNumber(Float.intBitsToFloat(element));
        }
        case DOUBLE -> {
          long element = content.getLong();
          bits.append(HEX.toHexDigits(element));
          writeNumber(Double.longBitsToDouble(element));
        }
        case INT32 -> json.writeNumber(content.getInt());
        case INT64 -> json.writeNumber(content.getLong());
        case UINT8 -> json.writeNumber(Byte.toUnsignedInt(content.get()));
        case BOOL -> writeBool(content.get());
        case STRING, BYTE -> throw new IllegalStateException("no data in " + tensor);
      }
    }
    json.writeEndArray();
    if (!bits.isEmpty()) {
      json.writeStringField("bits", bits.toString());
    }
  }

  /** A byte other than 0 and 1 is shown as a number. */
  private void writeBool(byte element) throws IOException {
    if (element == 0 || element == 1) {
      json.writeBoolean(element == 1);
    } else {
      json.writeNumber(Byte.toUnsignedInt(element));
    }
  }

  /** Writes a number, or the name of a value JSON has no number for. */
  void writeNumber(double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }

  private static String encodingName(TensorEncoding encoding) {
    return switch (encoding) {
      case RAW -> "RawTypedTensor";
      case STRING -> "StringTensor";
      default -> "typed";
    };
  }

  private static String twmlType(DataType dataType) {
    return switch (dataType) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      default -> dataType.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String hex(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return HEX.formatHex(bytes);
  }
}
