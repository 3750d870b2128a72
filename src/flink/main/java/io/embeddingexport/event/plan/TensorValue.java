package io.embeddingexport.event.plan;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.mapping.TensorSource;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One tensor while its event is read. One run of bytes that is the record's too stays where it is;
 * more runs, and elements that change, are put together in a buffer. Reused; not thread-safe.
 */
public final class TensorValue {
  private final TensorSource source;
  private final Conversion conversion;

  private boolean present;

  /** Whether {@code dataType} is that of this event's elements. */
  private boolean typed;

  // Kept between events: under G1, a store into an old object may cost a memory barrier.
  private @Nullable DataType dataType;

  /** The one run that stays in the event; null if the elements are in the buffer. */
  private byte @Nullable [] run;

  private int runFrom;
  private int runLength;
  private final GrowingBytes buffer = new GrowingBytes();
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
    typed = false;
    run = null;
    shape = null;
    whole = null;
    buffer.clear();
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
  public void run(ElementType type, byte[] event, int from, int length) throws BadEventException {
    add(type, event, from, length, false);
  }

  /**
   * Adds elements that are sent as bytes, of the type and order that the mapping says.
   *
   * @throws BadEventException if they are no whole number of elements, or do not fit the record's
   *     type
   */
  public void bytes(byte[] event, int from, int length) throws BadEventException {
    add(source.bytesOf(), event, from, length, source.order() == ByteOrder.BIG_ENDIAN);
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
    int to = append((long) count * size);
    if (!conversion.isCopy(type)) {
      conversion.convert(type, event, first, stride, count, false, buffer.array(), to);
      return;
    }
    ElementReader.gather(size, event, first, stride, count, buffer.array(), to);
  }

  /**
   * Makes room for elements that are added one by one. More may follow.
   *
   * @param count known not to be greater than the event's bytes
   */
  public void expect(ElementType type, int count) throws BadEventException {
    begin(type);
    takeRun();
    buffer.reserve((long) count * dataType.elementBytes());
  }

  private void add(ElementType type, byte[] event, int from, int length, boolean bigEndian)
      throws BadEventException {
    if (length % type.bytes() != 0) {
      throw new BadEventException(
          "has " + length + " bytes, no whole number of " + type.label() + " elements");
    }
    begin(type);
    boolean copy = conversion.isCopy(type) && (!bigEndian || type.bytes() == 1);
    if (copy && length() == 0) {
      run = event;
      runFrom = from;
      runLength = length;
      return;
    }
    int count = length / type.bytes();
    int to = append((long) count * dataType.elementBytes());
    if (copy) {
      System.arraycopy(event, from, buffer.array(), to, length);
    } else {
      conversion.convert(type, event, from, type.bytes(), count, bigEndian, buffer.array(), to);
    }
  }

  /**
   * Adds one whole number.
   *
   * @param type of the event's elements: INT32, INT64, UINT8 or BOOL
   */
  public void whole(ElementType type, long element) throws BadEventException {
    begin(type);
    int to = append(dataType.elementBytes());
    conversion.put(element, dataType, buffer.array(), to);
  }

  /**
   * Adds one floating-point number.
   *
   * @param type of the event's elements: FLOAT32 or FLOAT64
   */
  public void real(ElementType type, double element) throws BadEventException {
    begin(type);
    int to = append(dataType.elementBytes());
    conversion.put(element, dataType, buffer.array(), to);
  }

  /** States that the event has it, even if no elements follow. */
  public void begin(ElementType type) throws BadEventException {
    DataType next = conversion.dataType(type);
    if (next == DataType.STRING) {
      throw new BadEventException("has numbers, but its dtype is string; correct it");
    }
    if (whole != null || (typed && dataType != next)) {
      throw new BadEventException("has elements of two types; send one");
    }
    present = true;
    typed = true;
    if (dataType != next) {
      dataType = next;
    }
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

  private int length() {
    return run == null ? buffer.length() : runLength;
  }

  /** The offset in the buffer of elements that are added. */
  private int append(long bytes) throws BadEventException {
    takeRun();
    return buffer.append(bytes);
  }

  /** Moves the elements that stayed in the event to the buffer. */
  private void takeRun() throws BadEventException {
    if (run != null) {
      buffer.append(run, runFrom, runLength);
      run = null;
    }
  }

  /** Adds it to {@code tensors}, if the event has it. */
  void addTo(MappedTensors tensors, String name) throws BadEventException {
    if (whole != null) {
      tensors.add(name, whole);
    } else if (present) {
      if (shape != null && shape.fixedElementCount() != length() / dataType.elementBytes()) {
        throw new BadEventException(
            "has "
                + length() / dataType.elementBytes()
                + " elements, but its shape has "
                + shape.fixedElementCount());
      }
      if (run == null) {
        tensors.add(name, dataType, buffer.array(), 0, buffer.length(), shape);
      } else {
        tensors.add(name, dataType, run, runFrom, runLength, shape);
      }
    }
  }
}
