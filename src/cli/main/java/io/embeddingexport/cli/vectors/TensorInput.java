package io.embeddingexport.cli.vectors;

import static io.embeddingexport.cli.vectors.InvalidLineException.inLibtwmlsWords;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A tensor of the vectors: {@code dtype}, {@code shape}, and {@code data}, bits, hex or gen. */
final class TensorInput {
  /** TensorFlow's types that libtwml has no name for. */
  private static final Set<String> UNKNOWN_TO_LIBTWML =
      Set.of("INT16", "UINT16", "UINT32", "UINT64", "HALF", "BFLOAT16", "COMPLEX64", "COMPLEX128");

  /** Most bytes that {@code gen} makes. */
  private static final long MAX_BYTES = 1L << 28;

  static Tensor read(JsonField tensor) {
    DataType dataType = dataType(tensor);
    Shape shape = tensor.has("shape") ? tensor.shape("shape") : null;
    try {
      if (dataType == DataType.STRING) {
        return Tensor.ofStrings(shape, strings(tensor));
      }
      ByteBuffer payload =
          tensor.has("gen")
              ? generated(tensor.get("gen"), dataType, tensor.shape("shape"))
              : dataType.isFloatingPoint() && tensor.has("bits")
                  ? fromBits(tensor.get("bits"), dataType)
                  : fromData(tensor.array("data"), dataType);
      int count = payload.capacity() / dataType.elementBytes();
      return Tensor.ofRaw(dataType, shape == null ? Shape.of(count) : shape, payload.array());
    } catch (IllegalArgumentException e) {
      throw InvalidLineException.of("'" + tensor.path() + ".shape': " + e.getMessage());
    }
  }

  private static DataType dataType(JsonField tensor) {
    String name = tensor.get("dtype").toText();
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
      throw tensor
          .get("dtype")
          .invalid("is not FLOAT, DOUBLE, INT32, INT64, UINT8, STRING or BOOL: " + name);
    }
  }

  private static List<byte[]> strings(JsonField tensor) {
    boolean hex = tensor.has("hex");
    JsonField strings = tensor.array(hex ? "hex" : "data");
    return strings
        .elements()
        .map(element -> new JsonField(element.node(), strings.path()))
        .map(
            element ->
                hex
                    ? element.toBytes().toArray()
                    : element.toText().getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static ByteBuffer payload(long count, DataType dataType) {
    return ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(count, dataType.elementBytes())))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Big-endian bits to a little-endian payload. */
  private static ByteBuffer fromBits(JsonField field, DataType dataType) {
    ByteBuffer bits = field.toBytes().asByteBuffer();
    int size = dataType.elementBytes();
    if (bits.remaining() % size != 0) {
      throw field.invalid("are not " + 2 * size + " hex digits per element");
    }
    ByteBuffer payload = payload(bits.remaining() / size, dataType);
    while (bits.hasRemaining()) {
      if (size == Float.BYTES) {
        payload.putInt(bits.getInt());
      } else {
        payload.putLong(bits.getLong());
      }
    }
    return payload;
  }

  private static ByteBuffer fromData(JsonField data, DataType dataType) {
    ByteBuffer payload = payload(data.node().size(), dataType);
    data.elements().forEach(element -> put(element, dataType, payload));
    return payload;
  }

  private static void put(JsonField element, DataType dataType, ByteBuffer payload) {
    switch (dataType) {
      case FLOAT -> payload.putFloat((float) element.toDouble());
      case DOUBLE -> payload.putDouble(element.toDouble());
      case INT32 -> payload.putInt((int) element.toInteger(Integer.MIN_VALUE, Integer.MAX_VALUE));
      case INT64 -> payload.putLong(element.toLong());
      case UINT8 -> payload.put((byte) element.toInteger(0, 255));
      case BOOL -> {
        if (!element.node().isBoolean()) {
          throw element.invalid("is neither true nor false");
        }
        payload.put((byte) (element.node().booleanValue() ? 1 : 0));
      }
      case STRING, BYTE -> throw new IllegalStateException("no payload of " + dataType);
    }
  }

  /** The vectors' {@code gen}: elements by rule, for tensors too large to write out. */
  private static ByteBuffer generated(JsonField gen, DataType dataType, Shape shape) {
    long size = (long) shape.fixedElementCount() * dataType.elementBytes();
    if (size > MAX_BYTES) {
      throw new JsonField(gen.node(), gen.path() + ".kind")
          .invalid("makes " + size + " bytes; at most " + MAX_BYTES);
    }
    ByteBuffer payload = payload(shape.fixedElementCount(), dataType);
    JsonField kind = gen.get("kind");
    switch (kind.toText() + " " + dataType) {
      case "ramp FLOAT", "ramp DOUBLE", "ramp INT32", "ramp INT64" -> ramp(dataType, payload);
      case "lcg FLOAT", "lcg INT32", "lcg INT64" ->
          lcg(gen.get("seed").toLong(), dataType, payload);
      default -> throw kind.invalid("of " + dataType + " is not defined: " + kind.toText());
    }
    return payload;
  }

  private static void ramp(DataType dataType, ByteBuffer payload) {
    for (int i = 0; payload.hasRemaining(); i++) {
      int step = i % 1000;
      switch (dataType) {
        case FLOAT -> payload.putFloat(step * 0.25f - 100);
        case DOUBLE -> payload.putDouble(step * 0.25 - 100);
        case INT32 -> payload.putInt(step - 100);
        default -> payload.putLong(step - 100);
      }
    }
  }

  /** Linear congruential, modulo 2³²; FLOAT takes the upper bits of the state as 1.xxx. */
  private static void lcg(long seed, DataType dataType, ByteBuffer payload) {
    int x = (int) seed;
    while (payload.hasRemaining()) {
      x = x * 1664525 + 1013904223;
      switch (dataType) {
        case FLOAT -> payload.putInt(x >>> 9 | 0x3f800000);
        case INT32 -> payload.putInt(x);
        default -> payload.putLong(x * 65537L);
      }
    }
  }

  private TensorInput() {}
}
