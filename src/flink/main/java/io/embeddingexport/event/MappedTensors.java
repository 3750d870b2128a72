package io.embeddingexport.event;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tensors by name, as payloads in place: little-endian, row-major, mostly part of the event's
 * bytes. They need no object each. Reused for the next event; not thread-safe.
 */
public final class MappedTensors implements EventTensors {
  private static final int FIRST_CAPACITY = 8;

  private String[] names;
  private DataType[] dataTypes;
  private byte[][] payloads;
  private int[] from;
  private int[] lengths;

  /** The stated shape; null if none is. */
  private @Nullable Shape[] shapes;

  /** The tensor if it has no payload: one of strings. */
  private @Nullable Tensor[] whole;

  private int size;

  public MappedTensors() {
    this(FIRST_CAPACITY);
  }

  private MappedTensors(int capacity) {
    names = new String[capacity];
    dataTypes = new DataType[capacity];
    payloads = new byte[capacity][];
    from = new int[capacity];
    lengths = new int[capacity];
    shapes = new Shape[capacity];
    whole = new Tensor[capacity];
  }

  /** Removes all tensors. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds a tensor.
   *
   * @param payload viewed, not copied; must stay unchanged until the next event
   * @param length in bytes, a whole number of elements
   * @param shape fixed, of as many elements as the payload has; null if not stated
   */
  public void add(
      String name,
      DataType dataType,
      byte[] payload,
      int payloadFrom,
      int length,
      @Nullable Shape shape) {
    int i = next(name, dataType);
    payloads[i] = payload;
    from[i] = payloadFrom;
    lengths[i] = length;
    shapes[i] = shape;
    whole[i] = null;
  }

  /** Adds a tensor that has no payload. */
  public void add(String name, Tensor tensor) {
    int i = next(name, tensor.dataType());
    whole[i] = tensor;
  }

  private int next(String name, DataType dataType) {
    if (size == names.length) {
      int capacity = 2 * size;
      names = Arrays.copyOf(names, capacity);
      dataTypes = Arrays.copyOf(dataTypes, capacity);
      payloads = Arrays.copyOf(payloads, capacity);
      from = Arrays.copyOf(from, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
      shapes = Arrays.copyOf(shapes, capacity);
      whole = Arrays.copyOf(whole, capacity);
    }
    // Mostly those of the event before. Under G1, a store may cost a memory barrier.
    if (names[size] != name) {
      names[size] = name;
    }
    if (dataTypes[size] != dataType) {
      dataTypes[size] = dataType;
    }
    return size++;
  }

  public int size() {
    return size;
  }

  public String name(int i) {
    return names[i];
  }

  /** Whether tensor {@code i} is a payload of that type without a stated shape. */
  public boolean isPayload(int i, DataType dataType) {
    return dataTypes[i] == dataType && whole[i] == null && shapes[i] == null;
  }

  public byte[] payload(int i) {
    return payloads[i];
  }

  /** Offset of tensor {@code i} in its payload's array. */
  public int from(int i) {
    return from[i];
  }

  /** Bytes of payload {@code i}. */
  public int length(int i) {
    return lengths[i];
  }

  /**
   * Tensors that stay as they are when these are reused.
   *
   * @param event bytes that do not change; payloads elsewhere are copied
   */
  public MappedTensors copy(byte[] event) {
    MappedTensors copy = new MappedTensors(Math.max(1, size));
    for (int i = 0; i < size; i++) {
      Tensor tensor = whole[i];
      if (tensor != null) {
        copy.add(names[i], tensor);
      } else if (payloads[i] == event) {
        copy.add(names[i], dataTypes[i], event, from[i], lengths[i], shapes[i]);
      } else {
        byte[] payload = Arrays.copyOfRange(payloads[i], from[i], from[i] + lengths[i]);
        copy.add(names[i], dataTypes[i], payload, 0, lengths[i], shapes[i]);
      }
    }
    return copy;
  }

  /** The same tensors as objects, which view the payloads. */
  public DecodedTensors decoded() {
    return new DecodedTensors(tensors(), Arrays.copyOf(names, size));
  }

  /** The same tensors as objects, without their names. */
  public DecodedTensors decodedByPosition() {
    return new DecodedTensors(tensors(), null);
  }

  private Tensor[] tensors() {
    Tensor[] tensors = new Tensor[size];
    for (int i = 0; i < size; i++) {
      Tensor tensor = whole[i];
      tensors[i] =
          tensor != null
              ? tensor
              : Tensor.ofRaw(dataTypes[i], shapes[i], payloads[i], from[i], lengths[i]);
    }
    return tensors;
  }

  /** Names and types; never the elements. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ", ").append(names[i]).append(' ').append(dataTypes[i]);
    }
    return text.append(']').toString();
  }
}
