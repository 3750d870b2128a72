package io.embeddingexport.cli.samples;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.keys.KeySpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes up a tensor for a key: its shape, and its elements as numbers or text. */
final class SampleTensors {
  private static final int EXTENT_OF_OPEN_DIMENSION = 3;

  /** The key's shape, its open dimensions filled in. */
  static long[] shape(KeySpec key) {
    long[] dims = key.shape().toArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] == Shape.ANY ? EXTENT_OF_OPEN_DIMENSION : dims[i];
    }
    return dims;
  }

  private static int count(KeySpec key) {
    return Shape.of(shape(key)).fixedElementCount();
  }

  /** Elements of any type but STRING, in the range of the type; floats from -1 to 1. */
  static double[] numbers(KeySpec key, SplittableRandom random) {
    double[] elements = new double[count(key)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          switch (key.dataType()) {
            case FLOAT, DOUBLE -> (float) (random.nextDouble() * 2 - 1);
            case BOOL -> random.nextInt(2);
            default -> random.nextInt(100);
          };
    }
    return elements;
  }

  static List<String> strings(KeySpec key, SplittableRandom random) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < count(key); i++) {
      elements.add("text-" + random.nextInt(100));
    }
    return elements;
  }

  /** The payload of a raw tensor. */
  static byte[] littleEndian(DataType type, double[] elements) {
    ByteBuffer payload =
        ByteBuffer.allocate(elements.length * type.elementBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double element : elements) {
      switch (type) {
        case FLOAT -> payload.putFloat((float) element);
        case DOUBLE -> payload.putDouble(element);
        case INT32 -> payload.putInt((int) element);
        case INT64 -> payload.putLong((long) element);
        default -> payload.put((byte) element);
      }
    }
    return payload.array();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private SampleTensors() {}
}
