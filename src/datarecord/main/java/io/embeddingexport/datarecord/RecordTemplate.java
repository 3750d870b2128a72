package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.RecordImage;
import io.embeddingexport.datarecord.wire.TensorLayout;
import io.embeddingexport.datarecord.wire.ThriftType;
import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A record with gaps: every byte except the values, made once per key config. Immutable and
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
  /** Largest array that every JVM can make. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  /** Upper bound on a key config's memory, whatever shapes it names. */
  private static final int MAX_IMAGE_BYTES = 1 << 24;

  private final long[] discreteFeatures;
  private final Slot[] slots;

  private final long fixedSize;

  /** The record with zeros for values; null if its size varies or is large. */
  private final @Nullable RecordImage image;

  /** Offset of each tensor's content in the image. */
  private final int[] gaps;

  private RecordTemplate(long[] discreteFeatures, Slot[] slots) {
    this.discreteFeatures = discreteFeatures;
    this.slots = slots;
    this.gaps = new int[slots.length];
    this.fixedSize = computeFixedSize();
    this.image = fixedSize >= 0 && fixedSize <= MAX_IMAGE_BYTES ? writeImage() : null;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Bytes of every record without omitted tensors; -1 if this depends on the event. */
  public long fixedSize() {
    return fixedSize;
  }

  /**
   * Bytes of the record with these tensors.
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
    return size + (any ? RecordImage.MAP_FIELD_HEADER : 0);
  }

  /**
   * The record with these values.
   *
   * @param discreteValues a value for each discrete feature, in the order added
   * @param tensors a tensor for each place, in the order added; null if the record omits it. Each
   *     must have its place's element type and a shape that its place can take, and must not be
   *     opaque
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
        ? fill(image.newRecord(discreteValues), tensors)
        : writeGeneral(discreteValues, tensors);
  }

  /**
   * Internal. The byte layout of an event's tensors that can be copied undecoded.
   *
   * @param prefixes the event's bytes before each tensor, in the order added
   * @param finite for each tensor, whether to check for NaN and infinities
   * @return null if the record's size varies or is large, if a place is not raw, or if a tensor
   *     that must be finite is not of 32-bit floats
   */
  @Internal
  public @Nullable TensorLayout layout(List<byte[]> prefixes, boolean[] finite) {
    if (image == null) {
      return null;
    }
    for (int i = 0; i < slots.length; i++) {
      if (slots[i].encoding != TensorEncoding.RAW
          || (finite[i] && slots[i].dataType != DataType.FLOAT)) {
        return null;
      }
    }
    return TensorLayout.of(image, gaps, prefixes, finite);
  }

  /** Bytes that {@link #withString} adds. */
  public static long stringBytes(byte[] utf8) {
    return RecordImage.MAP_FIELD_HEADER + Long.BYTES + Integer.BYTES + (long) utf8.length;
  }

  /**
   * A record of this template with one string feature, between its discrete features and its
   * tensors.
   *
   * @param record as this template writes it, which is not changed
   * @param utf8 the feature's value
   */
  public byte[] withString(byte[] record, long feature, byte[] utf8) {
    int before = (int) discreteSize();
    ThriftWriter out = new ThriftWriter(Math.toIntExact(record.length + stringBytes(utf8)));
    out.putBytes(record, 0, before);
    out.putField(ThriftType.MAP, DataRecordField.STRING.id());
    out.putMap(ThriftType.I64, DataRecordField.STRING.valueType(), 1);
    out.putI64(feature).putI32(utf8.length).putBytes(utf8, 0, utf8.length);
    return out.putBytes(record, before, record.length - before).finish();
  }

  private boolean allPresent(@Nullable Tensor[] tensors) {
    for (int i = 0; i < slots.length; i++) {
      if (tensors[i] == null) {
        return false;
      }
    }
    return true;
  }

  private byte[] fill(byte[] record, Tensor[] tensors) {
    for (int i = 0; i < slots.length; i++) {
      Slot slot = slots[i];
      Tensor tensor = tensors[i];
      slot.resolve(i, tensor);
      TensorWriter.copyContent(tensor, slot.encoding, record, gaps[i]);
    }
    return record;
  }

  private byte[] writeGeneral(long[] discreteValues, @Nullable Tensor[] tensors) {
    // Fit is checked first: a tensor that does not fit can claim any size.
    Shape[] shapes = new Shape[slots.length];
    int present = 0;
    for (int i = 0; i < slots.length; i++) {
      Tensor tensor = tensors[i];
      if (tensor != null) {
        shapes[i] = slots[i].resolve(i, tensor);
        present++;
      }
    }
    long size = size(tensors);
    if (size > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a record of " + size + " bytes: at most " + MAX_BYTES + " fit in an array");
    }
    ThriftWriter out = new ThriftWriter((int) size);
    writeDiscrete(out, discreteValues);
    writeTensorsHeader(out, present);
    for (int i = 0; i < slots.length; i++) {
      Tensor tensor = tensors[i];
      if (tensor != null) {
        TensorWriter.write(out.putI64(slots[i].key), slots[i].encoding, tensor, shapes[i]);
      }
    }
    return out.putByte(ThriftType.STOP).finish();
  }

  private long computeFixedSize() {
    long size = discreteSize() + (slots.length == 0 ? 0 : RecordImage.MAP_FIELD_HEADER) + 1;
    boolean fixed = true;
    for (Slot slot : slots) {
      fixed &= slot.shape.isFixed() && slot.encoding != TensorEncoding.STRING;
      size += 8 + TensorWriter.size(slot.encoding, slot.contentLength(), slot.shape.rank());
    }
    return fixed ? size : -1;
  }

  private RecordImage writeImage() {
    ThriftWriter out = new ThriftWriter((int) fixedSize);
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
              slot.shape.fixedElementCount(),
              (int) slot.contentLength(),
              slot.shape);
    }
    return new RecordImage(out.putByte(ThriftType.STOP).finish(), discreteFeatures.length);
  }

  private long discreteSize() {
    return discreteFeatures.length == 0
        ? 0
        : RecordImage.MAP_FIELD_HEADER + 16L * discreteFeatures.length;
  }

  private void writeDiscrete(ThriftWriter out, long[] values) {
    if (discreteFeatures.length > 0) {
      out.putField(ThriftType.MAP, DataRecordField.DISCRETE.id());
      out.putMap(ThriftType.I64, DataRecordField.DISCRETE.valueType(), discreteFeatures.length);
      for (int i = 0; i < discreteFeatures.length; i++) {
        out.putI64(discreteFeatures[i]).putI64(values[i]);
      }
    }
  }

  private static void writeTensorsHeader(ThriftWriter out, int count) {
    if (count > 0) {
      out.putField(ThriftType.MAP, DataRecordField.TENSORS.id());
      out.putMap(ThriftType.I64, DataRecordField.TENSORS.valueType(), count);
    }
  }

  /** The place of one tensor. */
  private record Slot(long key, DataType dataType, Shape shape, TensorEncoding encoding) {
    /** Bytes of the content, for a fixed shape; not for strings. */
    long contentLength() {
      return TensorWriter.contentLength(encoding, dataType, shape.fixedElementCount());
    }

    /** The shape of a tensor in this place. */
    Shape resolve(int position, Tensor tensor) {
      Shape resolved =
          tensor.dataType() == dataType && tensor.fits(encoding) ? shape.resolve(tensor) : null;
      if (resolved == null) {
        throw new IllegalArgumentException(
            "tensor %d is %s, its place under key %d is %s%s"
                .formatted(position, tensor, key, dataType, shape));
      }
      return resolved;
    }
  }

  /** Collects a template's features in the order they are written. */
  public static final class Builder {
    private final Set<Long> discreteFeatures = new LinkedHashSet<>();
    private final Map<Long, Slot> slots = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a discrete feature.
     *
     * @throws IllegalArgumentException if the template already has it
     */
    public Builder discrete(long feature) {
      if (!discreteFeatures.add(feature)) {
        throw new IllegalArgumentException("discrete feature " + feature + " given twice");
      }
      return this;
    }

    /**
     * Adds a tensor.
     *
     * @throws IllegalArgumentException if {@code encoding} cannot hold {@code dataType}, or the
     *     template already has a tensor under that key
     */
    public Builder tensor(long key, DataType dataType, Shape shape, TensorEncoding encoding) {
      boolean encodable =
          encoding == TensorEncoding.standard(dataType)
              || encoding == TensorEncoding.typed(dataType);
      if (!encodable || !dataType.isSupported()) {
        throw new IllegalArgumentException(dataType + " cannot stand in encoding " + encoding);
      }
      if (slots.putIfAbsent(key, new Slot(key, dataType, shape, encoding)) != null) {
        throw new IllegalArgumentException("key " + key + " given twice");
      }
      return this;
    }

    public RecordTemplate build() {
      return new RecordTemplate(
          discreteFeatures.stream().mapToLong(Long::longValue).toArray(),
          slots.values().toArray(Slot[]::new));
    }
  }
}
