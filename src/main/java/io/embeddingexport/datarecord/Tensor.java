package io.embeddingexport.datarecord;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dense tensor as a view of bytes in one of its wire encodings: nothing is copied or converted
 * until asked for. Immutable as long as nobody changes the bytes it views.
 *
 * <p>The {@linkplain #content() content} is what stands between the tensor's headers on the wire:
 * the payload of a raw tensor (little-endian), the elements of a typed one (big-endian, as Thrift
 * writes lists), or the length-prefixed strings of a string tensor.
 */
public final class Tensor {
  private static final int NO_SHAPE = -1;

  private final TensorEncoding encoding;
  private final DataType dataType;
  private final byte[] bytes;
  private final int contentOffset;
  private final int contentLength;
  private final int elementCount;
  private final int shapeOffset;
  private final int rank;

  /**
   * @param shapeOffset index of the first of {@code rank} big-endian i64 extents in {@code bytes},
   *     or below 0 for a tensor without a shape
   */
  Tensor(
      TensorEncoding encoding,
      DataType dataType,
      byte[] bytes,
      int contentOffset,
      int contentLength,
      int elementCount,
      int shapeOffset,
      int rank) {
    this.encoding = encoding;
    this.dataType = dataType;
    this.bytes = bytes;
    this.contentOffset = contentOffset;
    this.contentLength = contentLength;
    this.elementCount = elementCount;
    this.shapeOffset = shapeOffset;
    this.rank = rank;
  }

  /**
   * A raw tensor of a little-endian payload.
   *
   * @param shape null for a tensor that leaves its shape to the reader
   * @throws IllegalArgumentException if the type has no raw encoding, or payload, type and shape
   *     contradict each other
   */
  public static Tensor ofRaw(DataType dataType, @Nullable Shape shape, byte[] littleEndian) {
    int size = dataType.elementBytes();
    if (size == 0 || !dataType.isSupported()) {
      throw new IllegalArgumentException(dataType + " has no raw encoding");
    }
    if (littleEndian.length % size != 0) {
      throw new IllegalArgumentException(
          littleEndian.length + " bytes are no whole number of " + dataType + " elements");
    }
    return build(TensorEncoding.RAW, dataType, shape, littleEndian, littleEndian.length / size);
  }

  /** A raw FLOAT tensor; a vector if {@code shape} is null. */
  public static Tensor ofFloats(@Nullable Shape shape, float... elements) {
    ByteBuffer payload = ByteBuffer.allocate(elements.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    payload.asFloatBuffer().put(elements);
    return ofRaw(DataType.FLOAT, orVector(shape, elements.length), payload.array());
  }

  /** A raw DOUBLE tensor; a vector if {@code shape} is null. */
  public static Tensor ofDoubles(@Nullable Shape shape, double... elements) {
    ByteBuffer payload = ByteBuffer.allocate(elements.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    payload.asDoubleBuffer().put(elements);
    return ofRaw(DataType.DOUBLE, orVector(shape, elements.length), payload.array());
  }

  /**
   * A string tensor; a vector if {@code shape} is null. Elements are bytes and need not be UTF-8.
   */
  public static Tensor ofStrings(@Nullable Shape shape, List<byte[]> elements) {
    int length = 0;
    for (byte[] element : elements) {
      length = Math.addExact(length, 4 + element.length);
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    elements.forEach(element -> content.putInt(element.length).put(element));
    return build(
        TensorEncoding.STRING,
        DataType.STRING,
        orVector(shape, elements.size()),
        content.array(),
        elements.size());
  }

  private static Shape orVector(@Nullable Shape shape, int count) {
    return shape == null ? Shape.of(count) : shape;
  }

  private static Tensor build(
      TensorEncoding encoding,
      DataType dataType,
      @Nullable Shape shape,
      byte[] content,
      int count) {
    if (shape == null) {
      return new Tensor(encoding, dataType, content, 0, content.length, count, NO_SHAPE, 0);
    }
    if (!shape.isFixed() || shape.fixedElementCount() != count) {
      throw new IllegalArgumentException(
          "shape " + shape + " does not hold " + count + " elements");
    }
    ByteBuffer backing = ByteBuffer.allocate(content.length + 8 * shape.rank()).put(content);
    for (int i = 0; i < shape.rank(); i++) {
      backing.putLong(shape.dim(i));
    }
    return new Tensor(
        encoding,
        dataType,
        backing.array(),
        0,
        content.length,
        count,
        content.length,
        shape.rank());
  }

  public TensorEncoding encoding() {
    return encoding;
  }

  public DataType dataType() {
    return dataType;
  }

  public int elementCount() {
    return elementCount;
  }

  /** Whether the tensor states its shape; where it does not, it is a vector of its elements. */
  public boolean hasShape() {
    return shapeOffset >= 0;
  }

  /** Number of dimensions; 0 if it states no shape. */
  public int rank() {
    return rank;
  }

  /** Extent of dimension {@code i}, from 0. */
  public long dim(int i) {
    return ThriftWriter.getI64(bytes, shapeOffset + 8 * Objects.checkIndex(i, rank));
  }

  /** The stated shape, or a vector of the elements. */
  public Shape shape() {
    if (!hasShape()) {
      return Shape.of(elementCount);
    }
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = dim(i);
    }
    return Shape.of(dims);
  }

  /** Bytes the content takes on the wire. */
  public int contentLength() {
    return contentLength;
  }

  /** A read-only view of the content, in the byte order it has on the wire. */
  public ByteBuffer content() {
    return ByteBuffer.wrap(bytes, contentOffset, contentLength)
        .slice()
        .asReadOnlyBuffer()
        .order(encoding == TensorEncoding.RAW ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  /** The elements of a FLOAT tensor in either encoding. */
  public float[] toFloats() {
    if (dataType != DataType.FLOAT) {
      throw new IllegalStateException("a tensor of " + dataType + " has no floats");
    }
    float[] elements = new float[elementCount];
    if (encoding == TensorEncoding.RAW) {
      content().asFloatBuffer().get(elements);
    } else {
      ByteBuffer content = content();
      for (int i = 0; i < elementCount; i++) {
        elements[i] = (float) content.getDouble();
      }
    }
    return elements;
  }

  /** The elements of a string tensor, each a read-only view. */
  public List<ByteBuffer> toStrings() {
    if (encoding != TensorEncoding.STRING) {
      throw new IllegalStateException("a tensor in encoding " + encoding + " has no strings");
    }
    List<ByteBuffer> elements = new ArrayList<>(elementCount);
    ByteBuffer content = content();
    for (int i = 0; i < elementCount; i++) {
      int length = content.getInt();
      elements.add(content.slice(content.position(), length));
      content.position(content.position() + length);
    }
    return elements;
  }

  byte[] bytes() {
    return bytes;
  }

  int contentOffset() {
    return contentOffset;
  }

  /** Type, shape and encoding; never the elements. */
  @Override
  public String toString() {
    return dataType
        + (hasShape() ? shape().toString() : "[" + elementCount + "]?")
        + " "
        + encoding;
  }
}
