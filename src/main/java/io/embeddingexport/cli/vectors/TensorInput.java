package io.embeddingexport.cli.vectors;

import static io.embeddingexport.cli.vectors.InvalidLineException.inLibtwmlsWords;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A tensor of the vectors: {@code dtype}, {@code shape}, and {@code data}, bits, hex or gen. */
final class TensorInput {
  /** TensorFlow's types that libtwml has no name for. */
  private static final Set<String> UNKNOWN_TO_LIBTWML =
      Set.of("INT16", "UINT16", "UINT32", "UINT64", "HALF", "BFLOAT16", "COMPLEX64", "COMPLEX128");

  static Tensor read(VectorFields tensor) throws InvalidLineException {
    DataType dataType = dataType(tensor);
    Shape shape = tensor.has("shape") ? tensor.shape("shape") : null;
    try {
      if (dataType == DataType.STRING) {
        return Tensor.ofStrings(shape, strings(tensor));
      }
      byte[] payload =
          tensor.has("gen")
              ? Generator.payload(tensor.object("gen"), dataType, tensor.shape("shape"))
              : dataType.isFloatingPoint() && tensor.has("bits")
                  ? fromBits(tensor, dataType)
                  : fromData(tensor, dataType);
      int count = payload.length / dataType.elementBytes();
      return Tensor.ofRaw(dataType, shape == null ? Shape.of(count) : shape, payload);
    } catch (IllegalArgumentException e) {
      throw InvalidLineException.of("'" + tensor.path("shape") + "': " + e.getMessage());
    }
  }

  private static DataType dataType(VectorFields tensor) throws InvalidLineException {
    String name = tensor.text("dtype");
    if (name.equals("INT8") || name.equals("BYTE")) {
      throw inLibtwmlsWords(
          "Found error while processing stream: output data type is not supported");
    }
    if (UNKNOWN_TO_LIBTWML.contains(name)) {
      throw inLibtwmlsWords("Unknown tensor data type.");
    }
    try {
      return DataType.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw tensor.invalid(
          "dtype", "is not FLOAT, DOUBLE, INT32, INT64, UINT8, STRING or BOOL: " + name);
    }
  }

  private static List<byte[]> strings(VectorFields tensor) throws InvalidLineException {
    List<byte[]> strings = new ArrayList<>();
    String field = tensor.has("hex") ? "hex" : "data";
    for (JsonNode element : tensor.array(field)) {
      String path = tensor.path(field);
      strings.add(
          field.equals("hex")
              ? VectorFields.toBytes(element, path).toArray()
              : VectorFields.toText(element, path).getBytes(StandardCharsets.UTF_8));
    }
    return strings;
  }

  /** Big-endian bits to a little-endian payload. */
  private static byte[] fromBits(VectorFields tensor, DataType dataType)
      throws InvalidLineException {
    Bytes bits = tensor.hex("bits");
    int size = dataType.elementBytes();
    if (bits.length() % size != 0) {
      throw tensor.invalid("bits", "are not " + 2 * size + " hex digits per element");
    }
    byte[] payload = bits.toArray();
    for (int i = 0; i < payload.length; i += size) {
      for (int j = 0; j < size / 2; j++) {
        byte swapped = payload[i + j];
        payload[i + j] = payload[i + size - 1 - j];
        payload[i + size - 1 - j] = swapped;
      }
    }
    return payload;
  }

  private static byte[] fromData(VectorFields tensor, DataType dataType)
      throws InvalidLineException {
    JsonNode data = tensor.array("data");
    ByteBuffer payload =
        ByteBuffer.allocate(Math.multiplyExact(data.size(), dataType.elementBytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    int i = 0;
    for (JsonNode element : data) {
      String path = tensor.path("data") + "[" + i++ + "]";
      switch (dataType) {
        case FLOAT -> payload.putFloat((float) VectorFields.toDouble(element, path));
        case DOUBLE -> payload.putDouble(VectorFields.toDouble(element, path));
        case INT32 ->
            payload.putInt(
                (int) VectorFields.toInteger(element, path, Integer.MIN_VALUE, Integer.MAX_VALUE));
        case INT64 -> payload.putLong(VectorFields.toLong(element, path));
        case UINT8 -> payload.put((byte) VectorFields.toInteger(element, path, 0, 255));
        case BOOL -> {
          if (!element.isBoolean()) {
            throw InvalidLineException.of("'" + path + "' is neither true nor false");
          }
          payload.put((byte) (element.booleanValue() ? 1 : 0));
        }
        case STRING, BYTE -> throw new IllegalStateException("no payload of " + dataType);
      }
    }
    return payload.array();
  }

  private TensorInput() {}
}
