package io.embeddingexport.cli.vectors;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The vectors' {@code gen}: elements by rule, for tensors too large to write out. */
final class Generator {
  private static final long MAX_BYTES = 1L << 28;

  static byte[] payload(VectorFields gen, DataType dataType, Shape shape)
      throws InvalidLineException {
    long size = (long) shape.fixedElementCount() * dataType.elementBytes();
    if (size > MAX_BYTES) {
      throw gen.invalid("kind", "makes " + size + " bytes; at most " + MAX_BYTES);
    }
    ByteBuffer payload = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    String kind = gen.text("kind");
    switch (kind + " " + dataType) {
      case "ramp FLOAT", "ramp DOUBLE", "ramp INT32", "ramp INT64" -> ramp(dataType, payload);
      case "lcg FLOAT", "lcg INT32", "lcg INT64" -> lcg(gen.integer("seed"), dataType, payload);
      default -> throw gen.invalid("kind", "of " + dataType + " is not defined: " + kind);
    }
    return payload.array();
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

  private Generator() {}
}
