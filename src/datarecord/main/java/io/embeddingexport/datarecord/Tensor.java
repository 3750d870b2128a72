package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dense tensor as a view of bytes in one of its wire encodings: nothing is copied or converted
 * until requested. Immutable as long as nobody changes the viewed bytes.
 *
 * <p>The {@linkplain #content() content} is the bytes between the tensor's headers on the wire: the
 * payload of a raw tensor (little-endian), the elements of a typed one (big-endian, as Thrift
 * writes lists), or the length-prefixed strings of a string tensor.
 *
 * <p>A raw tensor of {@link DataType#STRING} is opaque: libtwml reads it, but nothing marks where a
 * string ends, so its elements cannot be told apart and its shape bounds nothing.
 */
public final class Tensor {
  private final TensorEncoding encoding;
  private final DataType dataType;
  private final byte[] bytes;
  private final int contentOffset;
  private final int contentLength;
  private final int elementCount;
  private final @Nullable Shape shape;

  /**
   * @param shape null, or a fixed shape of {@code elementCount} elements
   */
  Tensor(
      TensorEncoding encoding,
      DataType dataType,
      byte[] bytes,
      int contentOffset,
      int contentLength,
      int elementCount,
      @Nullable Shape shape) {
    this.encoding = encoding;
    this.dataType = dataType;
    this.bytes = bytes;
    this.contentOffset = contentOffset;
    this.contentLength = contentLength;
    this.elementCount = elementCount;
    this.shape = shape;
  }

  /**
   * A raw tensor of a little-endian payload, which is not copied.
   *
   * @param shape null for a tensor whose shape the reader decides
   * @throws IllegalArgumentException if the type has no raw encoding, or payload, type and shape
   *     contradict each other
   */
  public static Tensor ofRaw(DataType dataType, @Nullable Shape shape, byte[] littleEndian) {
    return ofRaw(dataType, shape, littleEndian, 0, littleEndian.length);
  }

  /**
   * Same as {@link #ofRaw(DataType, Shape, byte[])}, of a part of an array.
   *
   * @param length of the payload, in bytes
   * @throws IndexOutOfBoundsException if the part is outside the array
   */
  public static Tensor ofRaw(
      DataType dataType, @Nullable Shape shape, byte[] littleEndian, int from, int length) {
    Objects.checkFromIndexSize(from, length, littleEndian.length);
    int size = dataType.elementBytes();
    if (size == 0 || !dataType.isSupported()) {
      throw new IllegalArgumentException(dataType + " has no raw encoding");
    }
    if (length % size != 0) {
      throw new IllegalArgumentException(
          length + " bytes are no whole number of " + dataType + " elements");
    }
    int count = length / size;
    requireCount(shape, count);
    return new Tensor(TensorEncoding.RAW, dataType, littleEndian, from, length, count, shape);
  }

  /** A raw FLOAT tensor; a vector if {@code shape} is null. */
  public static Tensor ofFloats(@Nullable Shape shape, float... elements) {
    byte[] payload = payload(DataType.FLOAT, elements.length);
    littleEndian(payload).asFloatBuffer().put(elements);
    return ofRaw(DataType.FLOAT, orVector(shape, elements.length), payload);
  }

  /** A raw DOUBLE tensor; a vector if {@code shape} is null. */
  public static Tensor ofDoubles(@Nullable Shape shape, double... elements) {
    byte[] payload = payload(DataType.DOUBLE, elements.length);
    littleEndian(payload).asDoubleBuffer().put(elements);
    return ofRaw(DataType.DOUBLE, orVector(shape, elements.length), payload);
  }

  /** A raw INT32 tensor; a vector if {@code shape} is null. */
  public static Tensor ofInts(@Nullable Shape shape, int... elements) {
    byte[] payload = payload(DataType.INT32, elements.length);
    littleEndian(payload).asIntBuffer().put(elements);
    return ofRaw(DataType.INT32, orVector(shape, elements.length), payload);
  }

  /** A raw INT64 tensor; a vector if {@code shape} is null. */
  public static Tensor ofLongs(@Nullable Shape shape, long... elements) {
    byte[] payload = payload(DataType.INT64, elements.length);
    littleEndian(payload).asLongBuffer().put(elements);
    return ofRaw(DataType.INT64, orVector(shape, elements.length), payload);
  }

  /**
   * A string tensor; a vector if {@code shape} is null. Elements are bytes and need not be UTF-8.
   *
   * @throws ArithmeticException if they take 2³¹ bytes or more
   */
  public static Tensor ofStrings(@Nullable Shape shape, List<byte[]> elements) {
    int length = 0;
    for (byte[] element : elements) {
      length = Math.addExact(length, Math.addExact(4, element.length));
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    elements.forEach(element -> content.putInt(element.length).put(element));
    return of(
        TensorEncoding.STRING,
        DataType.STRING,
        orVector(shape, elements.size()),
        content.array(),
        elements.size());
  }

  /**
   * A string tensor of elements as they are on the wire: each has its length in four bytes,
   * big-endian, before its bytes.
   *
   * @param shape null for a tensor whose shape the reader decides
   * @param content viewed, not copied
   * @param length of the content, in bytes
   * @throws IndexOutOfBoundsException if the content is outside the array
   * @throws IllegalArgumentException if it is no whole number of elements, or the shape has another
   *     number of them
   */
  public static Tensor ofStringContent(
      @Nullable Shape shape, byte[] content, int from, int length) {
    Objects.checkFromIndexSize(from, length, content.length);
    int count = 0;
    for (int at = from; at < from + length; count++) {
      int rest = from + length - at - 4;
      int element = rest < 0 ? -1 : ThriftWriter.getI32(content, at);
      if (element < 0 || element > rest) {
        throw new IllegalArgumentException("byte " + (at - from) + " does not begin a string");
      }
      at += 4 + element;
    }
    requireCount(shape, count);
    return new Tensor(TensorEncoding.STRING, DataType.STRING, content, from, length, count, shape);
  }

  private static byte[] payload(DataType dataType, int count) {
    return new byte[Math.multiplyExact(count, dataType.elementBytes())];
  }

  private static ByteBuffer littleEndian(byte[] payload) {
    return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Shape orVector(@Nullable Shape shape, int count) {
    return shape == null ? Shape.of(count) : shape;
  }

  private static Tensor of(
      TensorEncoding encoding,
      DataType dataType,
      @Nullable Shape shape,
      byte[] content,
      int count) {
    requireCount(shape, count);
    return new Tensor(encoding, dataType, content, 0, content.length, count, shape);
  }

  private static void requireCount(@Nullable Shape shape, int count) {
    if (shape == null) {
      return;
    }
    if (!shape.isFixed() || shape.fixedElementCount() != count) {
      throw new IllegalArgumentException(
          "shape " + shape + " does not hold " + count + " elements");
    }
  }

  /**
   * This tensor in another encoding. A signalling NaN becomes a quiet one between raw and typed
   * FLOAT; nothing else changes, except that a typed FLOAT element that is not a float is rounded.
   *
   * @throws IllegalArgumentException unless it {@link #fits}
   */
  public Tensor as(TensorEncoding target) {
    if (target == encoding) {
      return this;
    }
    if (!fits(target)) {
      throw new IllegalArgumentException(this + " cannot stand in encoding " + target);
    }
    byte[] content = new byte[Math.toIntExact(TensorWriter.contentLength(target, this))];
    TensorWriter.copyContent(this, target, content, 0);
    return new Tensor(target, dataType, content, 0, content.length, elementCount, shape);
  }

  /** This tensor without a stated shape; the reader decides it. */
  public Tensor withoutShape() {
    return new Tensor(encoding, dataType, bytes, contentOffset, contentLength, elementCount, null);
  }

  /**
   * This tensor with a stated shape.
   *
   * @throws IllegalArgumentException if the shape has another number of elements
   */
  public Tensor withShape(Shape stated) {
    requireCount(stated, elementCount);
    return new Tensor(
        encoding, dataType, bytes, contentOffset, contentLength, elementCount, stated);
  }

  /** Whether that encoding can hold this tensor. */
  public boolean fits(TensorEncoding target) {
    return target == encoding
        || (dataType != DataType.STRING
            && (target == TensorEncoding.RAW || target == TensorEncoding.typed(dataType)));
  }

  public TensorEncoding encoding() {
    return encoding;
  }

  public DataType dataType() {
    return dataType;
  }

  /** Number of elements; for an opaque tensor, according to its shape. */
  public int elementCount() {
    return elementCount;
  }

  /** Whether the tensor states its shape; if not, it is a vector of its elements. */
  public boolean hasShape() {
    return shape != null;
  }

  /** The stated shape, or a vector of the elements; always fixed. */
  public Shape shape() {
    return orVector(shape, elementCount);
  }

  /** Bytes of the content on the wire. */
  public int contentLength() {
    return contentLength;
  }

  /** A read-only view of the content, in wire byte order. */
  public ByteBuffer content() {
    return ByteBuffer.wrap(bytes, contentOffset, contentLength)
        .slice()
        .asReadOnlyBuffer()
        .order(encoding == TensorEncoding.RAW ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  /**
   * The elements of a FLOAT tensor, row-major; a typed one's are rounded to float.
   *
   * @throws IllegalStateException if it has another element type
   */
  public float[] toFloats() {
    float[] elements = new float[elementCount];
    copyFloats(elements, 0);
    return elements;
  }

  /**
   * Copies the elements of a FLOAT tensor, row-major, into {@code target} from index {@code at}; a
   * typed one's are rounded to float.
   *
   * @throws IllegalStateException if it has another element type
   * @throws IndexOutOfBoundsException if {@code target} has no room for {@link #elementCount()}
   */
  public void copyFloats(float[] target, int at) {
    Objects.checkFromIndexSize(at, elementCount, target.length);
    TensorElements.copyFloats(this, target, at);
  }

  /**
   * The elements of a FLOAT or DOUBLE tensor, row-major.
   *
   * @throws IllegalStateException if it has another element type
   */
  public double[] toDoubles() {
    return TensorElements.doubles(this);
  }

  /**
   * The elements of an INT32 tensor, row-major.
   *
   * @throws IllegalStateException if it has another element type
   */
  public int[] toInts() {
    return TensorElements.ints(this);
  }

  /**
   * The elements of an INT64 tensor, row-major.
   *
   * @throws IllegalStateException if it has another element type
   */
  public long[] toLongs() {
    return TensorElements.longs(this);
  }

  /**
   * The elements of a UINT8 or BOOL tensor as they are, row-major: {@code Byte.toUnsignedInt} gives
   * a UINT8's value.
   *
   * @throws IllegalStateException if it has another element type
   */
  public byte[] toBytes() {
    return TensorElements.bytes(this);
  }

  /**
   * The elements of a BOOL tensor, row-major: 0 is false, anything else is true.
   *
   * @throws IllegalStateException if it has another element type
   */
  public boolean[] toBooleans() {
    return TensorElements.booleans(this);
  }

  /**
   * The elements of a string tensor, row-major, as views.
   *
   * @throws IllegalStateException if it has another element type, or is raw
   */
  public List<Bytes> toStrings() {
    return TensorElements.strings(this);
  }

  /**
   * Index of the first element of a FLOAT or DOUBLE tensor that is NaN or infinite, or that becomes
   * so as a 32-bit float in the record; -1 if there is none, or for another element type.
   */
  public int firstNonFinite() {
    return TensorElements.firstNonFinite(this);
  }

  byte[] bytes() {
    return bytes;
  }

  int contentOffset() {
    return contentOffset;
  }

  /** Compares encoding, element type, shape and content, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && encoding == tensor.encoding
        && dataType == tensor.dataType
        && elementCount == tensor.elementCount
        && shape().equals(tensor.shape())
        && Arrays.equals(
            bytes,
            contentOffset,
            contentOffset + contentLength,
            tensor.bytes,
            tensor.contentOffset,
            tensor.contentOffset + tensor.contentLength);
  }

  @Override
  public int hashCode() {
    return Bytes.of(bytes, contentOffset, contentLength).hashCode();
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
