package io.embeddingexport.cli.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.SparseTensor;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A record's contents in the form of the vectors' {@code decoded}: features sorted by id, tensors
 * by key and as libtwml's reader reports them, and empty fields left out.
 */
final class DecodedForm {
  private static final HexFormat HEX = HexFormat.of();

  /**
   * @param length bytes of the record
   */
  static ObjectNode of(DataRecordView record, int length) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("length", length).put("consumed", length);
    if (!record.binaryFeatures().isEmpty()) {
      record.binaryFeatures().stream().sorted().forEach(json.putArray("binary")::add);
    }
    putAll(json, "continuous", "id", record.continuousFeatures(), DecodedForm::putDouble);
    putAll(
        json, "discrete", "id", record.discreteFeatures(), (to, value) -> to.put("value", value));
    putAll(json, "string", "id", record.stringFeatures(), DecodedForm::putText);
    putAll(
        json,
        "sparseBinary",
        "id",
        record.sparseBinaryFeatures(),
        (to, texts) -> putTexts(to, "values", texts));
    putAll(
        json, "sparseContinuous", "id", record.sparseContinuousFeatures(), DecodedForm::putEntries);
    putAll(json, "blob", "id", record.blobFeatures(), DecodedForm::putHex);
    putAll(json, "tensors", "key", record.tensors(), DecodedForm::putTensor);
    putAll(json, "sparseTensors", "key", record.sparseTensors(), DecodedForm::putSparse);
    return json;
  }

  private static <V> void putAll(
      ObjectNode json, String name, String id, Map<Long, V> values, BiConsumer<ObjectNode, V> put) {
    if (!values.isEmpty()) {
      ArrayNode array = json.putArray(name);
      new TreeMap<>(values)
          .forEach((key, value) -> put.accept(array.addObject().put(id, key), value));
    }
  }

  private static void putDouble(ObjectNode to, double value) {
    to.set("value", number(value));
    to.put("bits", HEX.toHexDigits(Double.doubleToRawLongBits(value)));
  }

  private static void putHex(ObjectNode to, Bytes value) {
    to.put("hex", HEX.formatHex(value.toArray()));
  }

  private static void putText(ObjectNode to, Bytes value) {
    putHex(to, value);
    to.put("utf8", value.utf8());
  }

  private static void putTexts(ObjectNode to, String name, Iterable<Bytes> texts) {
    ArrayNode array = to.putArray(name);
    texts.forEach(text -> putText(array.addObject(), text));
  }

  private static void putEntries(ObjectNode to, Map<Bytes, Double> entries) {
    ArrayNode array = to.putArray("entries");
    entries.forEach(
        (key, value) -> {
          ObjectNode entry = array.addObject();
          putText(entry, key);
          putDouble(entry, value);
        });
  }

  private static void putSparse(ObjectNode to, SparseTensor tensor) {
    ArrayNode shape = to.putArray("denseShape");
    if (tensor.denseShape() != null) {
      tensor.denseShape().forEach(shape::add);
    }
    putTensor(to.putObject("indices"), tensor.indices());
    putTensor(to.putObject("values"), tensor.values());
  }

  private static void putTensor(ObjectNode to, Tensor tensor) {
    boolean strings = tensor.encoding() == TensorEncoding.STRING;
    // libtwml reads FloatTensor, a list of doubles, as doubles.
    DataType dataType =
        tensor.encoding() == TensorEncoding.FLOAT ? DataType.DOUBLE : tensor.dataType();
    to.put("encoding", encodingName(tensor.encoding()));
    to.put("dtype", dataType.name());
    to.put("twmlType", strings ? "uint8" : twmlType(dataType));
    ArrayNode shape = to.putArray("shape");
    if (tensor.shape().rank() == 0) {
      // libtwml treats an empty list of extents as none, and reports a vector.
      shape.add(tensor.elementCount());
    }
    for (long dim : tensor.shape().toArray()) {
      shape.add(dim);
    }
    to.put("rawLength", strings ? tensor.elementCount() : tensor.contentLength());
    to.put("bigEndian", tensor.encoding().isTyped());
    if (strings) {
      putTexts(to, "strings", tensor.toStrings());
    } else if (dataType == DataType.STRING) {
      byte[] content = new byte[tensor.contentLength()];
      tensor.content().get(content);
      to.put("contentHex", HEX.formatHex(content));
    } else {
      putData(to, tensor, dataType);
    }
  }

  private static void putData(ObjectNode to, Tensor tensor, DataType dataType) {
    ByteBuffer content = tensor.content();
    StringBuilder bits = new StringBuilder();
    ArrayNode data = to.putArray("data");
    for (int i = 0; i < tensor.elementCount(); i++) {
      switch (dataType) {
        case FLOAT -> {
          int element = content.getInt();
          bits.append(HEX.toHexDigits(element));
          data.add(number(Float.intBitsToFloat(element)));
        }
        case DOUBLE -> {
          long element = content.getLong();
          bits.append(HEX.toHexDigits(element));
          data.add(number(Double.longBitsToDouble(element)));
        }
        case INT32 -> data.add(content.getInt());
        case INT64 -> data.add(content.getLong());
        case UINT8 -> data.add(Byte.toUnsignedInt(content.get()));
        case BOOL -> addBool(data, content.get());
        case STRING, BYTE -> throw new IllegalStateException("no data in " + tensor);
      }
    }
    if (!bits.isEmpty()) {
      to.put("bits", bits.toString());
    }
  }

  /** A number, or the name of a value JSON has no number for. */
  private static JsonNode number(double value) {
    return Double.isFinite(value)
        ? DoubleNode.valueOf(value)
        : TextNode.valueOf(Double.toString(value));
  }

  /** A byte other than 0 and 1 is shown as a number. */
  private static void addBool(ArrayNode data, byte element) {
    if (element == 0 || element == 1) {
      data.add(element == 1);
    } else {
      data.add(Byte.toUnsignedInt(element));
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

  private DecodedForm() {}
}
