package io.embeddingexport.cli.samples;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.keys.KeySpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes tensors that fit their place in a key config. */
final class SampleTensors {
  private static final int MAX_OPEN_DIM = 8;

  /** A tensor for {@code key}; open dimensions get an extent from 1 to 8. */
  static Tensor make(KeySpec key, SplittableRandom random) {
    Shape shape = closed(key.shape(), random);
    int count = shape.fixedElementCount();
    if (key.dataType() == DataType.STRING) {
      return Tensor.ofStrings(shape, strings(count, random));
    }
    int size = key.dataType().elementBytes();
    ByteBuffer payload =
        ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int bits = random.nextInt();
      switch (key.dataType()) {
        case FLOAT -> payload.putFloat(unit(bits));
        case DOUBLE -> payload.putDouble(unit(bits));
        case INT32 -> payload.putInt(bits >>> 12);
        case INT64 -> payload.putLong(bits >>> 12);
        case UINT8 -> payload.put((byte) bits);
        case BOOL -> payload.put((byte) (bits & 1));
        case STRING, BYTE -> throw new IllegalStateException("no payload of " + key.dataType());
      }
    }
    return Tensor.ofRaw(key.dataType(), shape, payload.array());
  }

  private static Shape closed(Shape shape, SplittableRandom random) {
    if (shape.isFixed()) {
      return shape;
    }
    long[] dims = shape.toArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] == Shape.ANY ? 1 + random.nextInt(MAX_OPEN_DIM) : dims[i];
    }
    return Shape.of(dims);
  }

  private static List<byte[]> strings(int count, SplittableRandom random) {
    List<byte[]> strings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      strings.add(("s" + random.nextInt(1000)).getBytes(StandardCharsets.UTF_8));
    }
    return strings;
  }

  /** From -1 to below 1, in steps that a float holds. */
  private static float unit(int bits) {
    return (bits >> 8) * 0x1p-23f;
  }

  private SampleTensors() {}
}
