package io.embeddingexport.cli.samples.mapped;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.mapping.TensorSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a sample tensor as the mapping says they are sent. Elements of another type than
 * the key's are any numbers of that type: samples only have to be valid.
 */
final class SampleElements {
  /** Spreads fractions between -1 and 1 over the whole numbers of a byte. */
  private static final double SPREAD = 127;

  private final Tensor tensor;
  private final TensorSource source;
  private final long[] shape;
  private final double @Nullable [] reals;
  private final long @Nullable [] wholes;
  private final List<byte[]> texts;

  SampleElements(Tensor tensor, TensorSource source) {
    this.tensor = tensor;
    this.source = source;
    this.shape = tensor.shape().toArray();
    this.reals = tensor.dataType().isFloatingPoint() ? tensor.toDoubles() : null;
    this.wholes =
        switch (tensor.dataType()) {
          case INT32 -> Arrays.stream(tensor.toInts()).asLongStream().toArray();
          case INT64 -> tensor.toLongs();
          case UINT8, BOOL -> widened(tensor.toBytes());
          default -> null;
        };
    this.texts = areTexts() ? tensor.toStrings().stream().map(Bytes::toArray).toList() : List.of();
  }

  private static long[] widened(byte[] elements) {
    long[] wide = new long[elements.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Byte.toUnsignedInt(elements[i]);
    }
    return wide;
  }

  int count() {
    return tensor.elementCount();
  }

  int rank() {
    return shape.length;
  }

  /** The number of entries of a dimension, from 0. */
  int extent(int dimension) {
    return (int) shape[dimension];
  }

  /** The number of elements in an entry of a dimension. */
  int stride(int dimension) {
    int elements = 1;
    for (int i = dimension + 1; i < shape.length; i++) {
      elements *= (int) shape[i];
    }
    return elements;
  }

  DataType dataType() {
    return tensor.dataType();
  }

  /** Whether elements are texts. */
  boolean areTexts() {
    return tensor.dataType() == DataType.STRING;
  }

  /** Whether the mapping says that elements are sent as bytes. */
  boolean areBytes() {
    return source.elementType() != null;
  }

  /** Whether elements are sent as whole numbers where the format does not say which numbers. */
  boolean areWhole() {
    return reals == null || source.isScaled();
  }

  /** Element {@code i} as bytes; must not be changed. */
  byte[] text(int i) {
    return texts.get(i);
  }

  double real(int i) {
    return reals == null ? whole(i, Long.MIN_VALUE, Long.MAX_VALUE) : reals[i];
  }

  /** Element {@code i} as a whole number from {@code least} to {@code greatest}. */
  long whole(int i, long least, long greatest) {
    if (wholes != null) {
      long whole = wholes[i];
      return whole >= least && whole <= greatest ? whole : Math.floorMod(whole, greatest);
    }
    if (reals == null) {
      throw new IllegalStateException("elements of " + tensor + " are no numbers");
    }
    double real =
        source.isScaled()
            ? Math.rint(reals[i] / source.scale()) + source.zeroPoint()
            : Math.rint(reals[i] * SPREAD);
    return (long) Math.min(Math.max(real, least), greatest);
  }

  /** The elements as the bytes that the mapping describes. */
  byte[] bytes() {
    ElementType type = source.bytesOf();
    ByteBuffer bytes = ByteBuffer.allocate(count() * type.bytes()).order(source.order());
    for (int i = 0; i < count(); i++) {
      switch (type) {
        case FLOAT32 -> bytes.putFloat((float) real(i));
        case FLOAT64 -> bytes.putDouble(real(i));
        case FLOAT16 -> bytes.putShort(half((float) real(i)));
        case BFLOAT16 -> bytes.putShort((short) (Float.floatToIntBits((float) real(i)) >>> 16));
        case INT8 -> bytes.put((byte) whole(i, Byte.MIN_VALUE, Byte.MAX_VALUE));
        case UINT8 -> bytes.put((byte) whole(i, 0, 0xFF));
        case INT16 -> bytes.putShort((short) whole(i, Short.MIN_VALUE, Short.MAX_VALUE));
        case UINT16 -> bytes.putShort((short) whole(i, 0, 0xFFFF));
        case INT32 -> bytes.putInt((int) whole(i, Integer.MIN_VALUE, Integer.MAX_VALUE));
        case UINT32 -> bytes.putInt((int) whole(i, 0, 0xFFFF_FFFFL));
        case INT64 -> bytes.putLong(whole(i, Long.MIN_VALUE, Long.MAX_VALUE));
        case BOOL -> bytes.put((byte) whole(i, 0, 1));
      }
    }
    return bytes.array();
  }

  /** The binary16 next to zero; what is too small becomes 0, and what is too large the greatest. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int exponent = (bits >>> 23 & 0xFF) - 127 + 15;
    if (exponent <= 0) {
      return (short) sign;
    }
    return (short) (sign | (exponent > 30 ? 0x7BFF : exponent << 10 | bits >>> 13 & 0x3FF));
  }
}
