package io.embeddingexport.datarecord;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record with gaps: every byte but the values, made once for a key config. Immutable and
 * thread-safe.
 *
 * <p>If every shape is fixed and every tensor is present, writing a record is a copy of the image
 * and one copy per payload. Otherwise headers are written per record into an array of exactly the
 * record's size.
 *
 * <pre>
 * record   = [0D 0003 0A 0A  i32 count (i64 feature i64 value)*]      discrete features
 *            [0D 0008 0A 0C  i32 count (i64 key    tensor)*]  00      tensors, in the order they were added
 * </pre>
 */
public final class RecordTemplate {
  private static final int MAP_FIELD_HEADER = 3 + 6;

  private final long[] discreteFeatures;
  private final Slot[] slots;

  /** The record with zeros for values, and where the values go; null if it has no fixed size. */
  private final byte @Nullable [] image;

  private final int[] gaps;

  private RecordTemplate(long[] discreteFeatures, Slot[] slots) {
    this.discreteFeatures = discreteFeatures;
    this.slots = slots;
    this.gaps = new int[slots.length];
    boolean fixed = true;
    for (Slot slot : slots) {
      fixed &= slot.shape.isFixed() && slot.encoding != TensorEncoding.STRING;
    }
    this.image = fixed ? writeImage() : null;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Number of tensors the template has a place for. */
  public int tensorCount() {
    return slots.length;
  }

  /** Bytes of every record without omitted tensors, or -1 if that depends on the event. */
  public int fixedSize() {
    return image == null ? -1 : image.length;
  }

  /**
   * Bytes of the record of these tensors.
   *
   * @param tensors as in {@link #write}
   */
  public long size(Tensor[] tensors) {
    long size = discreteSize() + 1;
    boolean any = false;
    for (int i = 0; i < slots.length; i++) {
      Tensor tensor = tensors[i];
      if (tensor != null) {
        Slot slot = slots[i];
        size +=
            8
                + TensorWriter.size(
                    slot.encoding,
                    TensorWriter.contentLength(slot.encoding, tensor),
                    slot.shape.rank());
        any = true;
      }
    }
    return size + (any ? MAP_FIELD_HEADER : 0);
  }

  /**
   * The record of these values.
   *
   * @param discreteValues a value for each discrete feature, in the order added
   * @param tensors a tensor for each place, in the order added; null where the record leaves it
   *     out. Each must have its place's element type and an element count that its shape can take
   * @throws IllegalArgumentException if a tensor does not fit its place, or the record is 2³¹ bytes
   *     or more
   */
  public byte[] write(long[] discreteValues, @Nullable Tensor[] tensors) {
    if (discreteValues.length < discreteFeatures.length || tensors.length < slots.length) {
      throw new IllegalArgumentException(
          "template has "
              + discreteFeatures.length
              + " discrete features and "
              + slots.length
              + " tensors, given "
              + discreteValues.length
              + " and "
              + tensors.length);
    }
    return image != null && allPresent(tensors)
        ? fill(image.clone(), discreteValues, tensors)
        : writeGeneral(discreteValues, tensors);
  }

  private boolean allPresent(@Nullable Tensor[] tensors) {
    for (int i = 0; i < slots.length; i++) {
      if (tensors[i] == null) {
        return false;
      }
    }
    return true;
  }

  private byte[] fill(byte[] record, long[] discreteValues, Tensor[] tensors) {
    for (int i = 0; i < discreteFeatures.length; i++) {
      ThriftWriter.putI64(record, MAP_FIELD_HEADER + 16 * i + 8, discreteValues[i]);
    }
    for (int i = 0; i < slots.length; i++) {
      Slot slot = slots[i];
      Tensor tensor = tensors[i];
      if (tensor.dataType() != slot.dataType || tensor.elementCount() != slot.elementCount) {
        throw slot.mismatch(i, tensor);
      }
      TensorWriter.copyContent(tensor, slot.encoding, record, gaps[i]);
    }
    return record;
  }

  private byte[] writeGeneral(long[] discreteValues, @Nullable Tensor[] tensors) {
    long size = size(tensors);
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a record of " + size + " bytes: at most 2^31-1 fit");
    }
    int present = 0;
    for (int i = 0; i < slots.length; i++) {
      present += tensors[i] == null ? 0 : 1;
    }
    ThriftWriter out = new ThriftWriter((int) size);
    writeDiscrete(out, discreteValues);
    writeTensorsHeader(out, present);
    for (int i = 0; i < slots.length; i++) {
      Tensor tensor = tensors[i];
      if (tensor != null) {
        Slot slot = slots[i];
        Shape shape = slot.resolve(tensor);
        if (tensor.dataType() != slot.dataType || shape == null) {
          throw slot.mismatch(i, tensor);
        }
        TensorWriter.write(out.putI64(slot.key), slot.encoding, tensor, shape);
      }
    }
    return out.putByte(ThriftType.STOP).finish();
  }

  private byte[] writeImage() {
    long size = discreteSize() + (slots.length == 0 ? 0 : MAP_FIELD_HEADER) + 1;
    for (Slot slot : slots) {
      size += 8 + TensorWriter.size(slot.encoding, slot.contentLength(), slot.shape.rank());
    }
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a record of " + size + " bytes: at most 2^31-1 fit");
    }
    ThriftWriter out = new ThriftWriter((int) size);
    writeDiscrete(out, new long[discreteFeatures.length]);
    writeTensorsHeader(out, slots.length);
    for (int i = 0; i < slots.length; i++) {
      Slot slot = slots[i];
      out.putI64(slot.key);
      gaps[i] =
          TensorWriter.writeAround(
              out,
              slot.encoding,
              slot.dataType,
              slot.elementCount,
              (int) slot.contentLength(),
              slot.shape);
    }
    return out.putByte(ThriftType.STOP).finish();
  }

  private int discreteSize() {
    return discreteFeatures.length == 0 ? 0 : MAP_FIELD_HEADER + 16 * discreteFeatures.length;
  }

  private void writeDiscrete(ThriftWriter out, long[] values) {
    if (discreteFeatures.length > 0) {
      out.putField(ThriftType.MAP, DataRecordField.DISCRETE.id());
      out.putMap(ThriftType.I64, ThriftType.I64, discreteFeatures.length);
      for (int i = 0; i < discreteFeatures.length; i++) {
        out.putI64(discreteFeatures[i]).putI64(values[i]);
      }
    }
  }

  private static void writeTensorsHeader(ThriftWriter out, int count) {
    if (count > 0) {
      out.putField(ThriftType.MAP, DataRecordField.TENSORS.id());
      out.putMap(ThriftType.I64, ThriftType.STRUCT, count);
    }
  }

  /** The place of one tensor. */
  private record Slot(
      long key, DataType dataType, Shape shape, TensorEncoding encoding, int elementCount) {
    long contentLength() {
      return TensorWriter.contentLength(encoding, dataType, elementCount);
    }

    @Nullable Shape resolve(Tensor tensor) {
      return shape.resolve(tensor);
    }

    IllegalArgumentException mismatch(int position, Tensor tensor) {
      return new IllegalArgumentException(
          "tensor "
              + position
              + " is "
              + tensor
              + ", its place under key "
              + key
              + " is "
              + dataType
              + shape);
    }
  }

  /** Collects a template's features in the order they are to be written. */
  public static final class Builder {
    private final List<Long> discreteFeatures = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    /** Adds a discrete feature. */
    public Builder discrete(long feature) {
      discreteFeatures.add(feature);
      return this;
    }

    /**
     * Adds a tensor.
     *
     * @throws IllegalArgumentException if {@code encoding} cannot hold {@code dataType}
     */
    public Builder tensor(long key, DataType dataType, Shape shape, TensorEncoding encoding) {
      if (encoding != TensorEncoding.standard(dataType)
              && encoding != TensorEncoding.typed(dataType)
          || !dataType.isSupported()) {
        throw new IllegalArgumentException(dataType + " cannot stand in encoding " + encoding);
      }
      slots.add(new Slot(key, dataType, shape, encoding, shape.fixedElementCount()));
      return this;
    }

    public RecordTemplate build() {
      return new RecordTemplate(
          discreteFeatures.stream().mapToLong(Long::longValue).toArray(),
          slots.toArray(Slot[]::new));
    }
  }
}
