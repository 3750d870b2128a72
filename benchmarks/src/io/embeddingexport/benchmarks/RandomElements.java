package io.embeddingexport.benchmarks;

import io.embeddingexport.datarecord.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the tensors of a {@link Workload} hold: the same each time. */
record RandomElements(int tensors, int length, DataType type) {

  List<double[]> doubles() {
    Random random = new Random(1);
    return Stream.generate(() -> gaussian(random)).limit(tensors).toList();
  }

  /** Each double of a float tensor is a float's value, so all forms hold the same. */
  private double[] gaussian(Random random) {
    return DoubleStream.generate(random::nextGaussian)
        .limit(length)
        .map(value -> type == DataType.FLOAT ? (float) value : value)
        .toArray();
  }

  List<float[]> floats() {
    return doubles().stream().map(RandomElements::toFloats).toList();
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Each of 12 bytes. */
  List<List<byte[]>> strings() {
    return IntStream.range(0, tensors)
        .mapToObj(
            tensor ->
                IntStream.range(0, length)
                    .mapToObj(i -> String.format(Locale.ROOT, "item-%03d-%03d", tensor, i))
                    .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                    .toList())
        .toList();
  }

  /** Little-endian, of the numeric types. */
  List<byte[]> payloads() {
    return doubles().stream().map(this::payload).toList();
  }

  private byte[] payload(double[] values) {
    ByteBuffer payload =
        ByteBuffer.allocate(type.elementBytes() * length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (type == DataType.FLOAT) {
        payload.putFloat((float) value);
      } else {
        payload.putDouble(value);
      }
    }
    return payload.array();
  }
}
