package io.embeddingexport.event.plan;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.mapping.TensorSource;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One tensor while its event is read. One run of bytes that is the record's too stays where it is;
 * more runs, and elements that change, are put together in a buffer. Reused; not thread-safe.
 */
public final class TensorValue {
  private static final int FIRST_BYTES = 64;

  /** A larger buffer is not kept for the next event. */
  private static final int KEPT_BYTES = 1 << 20;

  /** Longest array that every JVM can make. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private static final byte[] EMPTY = {};

  private final TensorSource source;
  private final Conversion conversion;

  private boolean present;
  private @Nullable DataType dataType;
  private byte[] bytes = EMPTY;
  private int from;
  private int length;
  private byte[] buffer = EMPTY;
  private @Nullable Shape shape;
  private @Nullable Tensor whole;

  TensorValue(TensorSource source) {
    this(source, new Conversion(source));
  }

  TensorValue(TensorSource source, Conversion conversion) {
    this.source = source;
    this.conversion = conversion;
  }

  /** Forgets what was added: it is absent. */
  public void clear() {
    present = false;
    dataType = null;
    bytes = EMPTY;
    from = 0;
    length = 0;
    shape = null;
    whole = null;
    if (buffer.length > KEPT_BYTES) {
      buffer = EMPTY;
    }
  }

  public TensorSource source() {
    return source;
  }

  /** Whether the event has it. */
  public boolean isPresent() {
    return present;
  }

  /**
   * Adds elements that are sent one behind the other.
   *
   * @param type of the elements, little-endian
   * @param runLength in bytes
   * @throws BadEventException if they are no whole number of elements, or do not fit the record's
   *     type
   */
  public void run(ElementType type, byte[] event, int runFrom, int runLength)
      throws BadEventException {
    add(type, event, runFrom, runLength, false);
  }

  /**
   * Adds elements that are sent as bytes, of the type and order that the mapping says.
   *
   * @throws BadEventException if they are no whole number of elements, or do not fit the record's
   *     type
   */
  public void bytes(byte[] event, int runFrom, int runLength) throws BadEventException {
    add(source.bytesOf(), event, runFrom, runLength, source.order() == ByteOrder.BIG_ENDIAN);
  }

  /**
   * Adds elements that are sent with the same number of other bytes between them.
   *
   * @param type of the elements, little-endian
   * @param first offset of the first element
   * @param stride bytes from the beginning of one element to that of the next
   * @throws BadEventException if they do not fit the record's type
   */
  public void strided(ElementType type, byte[] event, int first, int stride, int count)
      throws BadEventException {
    begin(type);
    int size = dataType.elementBytes();
    int to = reserve((long) count * size);
    if (!conversion.isCopy(type)) {
      conversion.convert(type, event, first, stride, count, false, buffer, to);
      return;
    }
    ElementReader.gather(size, event, first, stride, count, buffer, to);
  }

  /**
   * Makes room for elements that are added one by one. More may follow.
   *
   * @param count known not to be greater than the event's bytes
   */
  public void expect(ElementType type, int count) throws BadEventException {
    begin(type);
    int before = length;
    reserve((long) count * dataType.elementBytes());
    length = before;
  }

  private void add(ElementType type, byte[] event, int runFrom, int runLength, boolean bigEndian)
      throws BadEventException {
    if (runLength % type.bytes() != 0) {
      throw new BadEventException(
          "has " + runLength + " bytes, no whole number of " + type.label() + " elements");
    }
    begin(type);
    boolean copy = conversion.isCopy(type) && (!bigEndian || type.bytes() == 1);
    if (copy && length == 0) {
      bytes = event;
      from = runFrom;
      length = runLength;
      return;
    }
    int count = runLength / type.bytes();
    int to = reserve((long) count * dataType.elementBytes());
    if (copy) {
      System.arraycopy(event, runFrom, buffer, to, runLength);
    } else {
      conversion.convert(type, event, runFrom, type.bytes(), count, bigEndian, buffer, to);
    }
  }

  /**
   * Adds one whole number.
   *
   * @param type of the event's elements: INT32, INT64, UINT8 or BOOL
   */
  public void whole(ElementType type, long element) throws BadEventException {
    begin(type);
    int to = reserve(dataType.elementBytes());
    conversion.put(element, dataType, buffer, to);
  }

  /**
   * Adds one floating-point number.
   *
   * @param type of the event's elements: FLOAT32 or FLOAT64
   */
  public void real(ElementType type, double element) throws BadEventException {
    begin(type);
    int to = reserve(dataType.elementBytes());
    conversion.put(element, dataType, buffer, to);
  }

  /** States that the event has it, even if no elements follow. */
  public void begin(ElementType type) throws BadEventException {
    DataType next = conversion.dataType(type);
    if (next == DataType.STRING) {
      throw new BadEventException("has numbers, but its dtype is string; correct it");
    }
    if (whole != null || (dataType != null && dataType != next)) {
      throw new BadEventException("has elements of two types; send one");
    }
    present = true;
    dataType = next;
  }

  /** States the shape; it has as many elements as are added. */
  public void shape(Shape stated) {
    shape = stated;
  }

  /**
   * Sets a tensor that is complete.
   *
   * @throws BadEventException if the event has it already
   */
  public void set(Tensor tensor) throws BadEventException {
    if (present) {
      throw new BadEventException("is given twice; send it once");
    }
    present = true;
    whole = tensor;
  }

  /** Bytes so far: the next element's offset. */
  private int reserve(long more) throws BadEventException {
    if (more > MAX_BYTES - length) {
      throw new BadEventException("needs more than " + MAX_BYTES + " bytes");
    }
    int needed = length + (int) more;
    if (needed > buffer.length) {
      // Often one run is all; many small ones must not copy everything each time.
      int capacity = (int) Math.min(2L * length, MAX_BYTES);
      buffer = Arrays.copyOf(buffer, Math.max(needed, Math.max(capacity, FIRST_BYTES)));
    }
    if (bytes != buffer) {
      System.arraycopy(bytes, from, buffer, 0, length);
      bytes = buffer;
      from = 0;
    }
    int to = length;
    length = needed;
    return to;
  }

  /** Adds it to {@code tensors}, if the event has it. */
  void addTo(MappedTensors tensors, String name) throws BadEventException {
    if (whole != null) {
      tensors.add(name, whole);
    } else if (present) {
      if (shape != null && shape.fixedElementCount() != length / dataType.elementBytes()) {
        throw new BadEventException(
            "has "
                + length / dataType.elementBytes()
                + " elements, but its shape has "
                + shape.fixedElementCount());
      }
      tensors.add(name, dataType, bytes, from, length, shape);
    }
  }
}
