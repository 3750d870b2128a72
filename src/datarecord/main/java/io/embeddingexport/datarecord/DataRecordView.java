package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a record, as a view of its bytes. A feature is looked up by its id and decoded
 * then; a whole field is decoded once, when it is asked for. Blobs, strings and tensors are views
 * of the bytes, too.
 *
 * <p>{@link #tensor}, {@link #discrete} and the like take an id as a {@code long}. The {@code
 * get(7301)} of a map does not: it looks for an {@code Integer}, and finds nothing.
 *
 * <p>Immutable and thread-safe as long as nobody changes the bytes. Two are equal if their fields
 * are; the order of entries does not count.
 */
public final class DataRecordView {
  private final RecordIndex record;

  /** Decoded fields by ordinal; null: not asked for yet. All are unmodifiable. */
  private final @Nullable Object[] fields = new Object[DataRecordField.COUNT];

  DataRecordView(RecordIndex record) {
    this.record = record;
  }

  /** The ids of the binary features that are set, in wire order. */
  public Set<Long> binaryFeatures() {
    return field(DataRecordField.BINARY);
  }

  /** Continuous values by id, in wire order. */
  public Map<Long, Double> continuousFeatures() {
    return field(DataRecordField.CONTINUOUS);
  }

  /** Discrete values by id, in wire order. */
  public Map<Long, Long> discreteFeatures() {
    return field(DataRecordField.DISCRETE);
  }

  /** Texts by id, in wire order; usually UTF-8, but not necessarily. */
  public Map<Long, Bytes> stringFeatures() {
    return field(DataRecordField.STRING);
  }

  /** Sets of strings by id, in wire order. */
  public Map<Long, Set<Bytes>> sparseBinaryFeatures() {
    return field(DataRecordField.SPARSE_BINARY);
  }

  /** Values by string, by id, in wire order. */
  public Map<Long, Map<Bytes, Double>> sparseContinuousFeatures() {
    return field(DataRecordField.SPARSE_CONTINUOUS);
  }

  /** Bytes by id, in wire order. */
  public Map<Long, Bytes> blobFeatures() {
    return field(DataRecordField.BLOB);
  }

  /** Dense tensors by key, in wire order. */
  public Map<Long, Tensor> tensors() {
    return field(DataRecordField.TENSORS);
  }

  /** Sparse tensors by key, in wire order. */
  public Map<Long, SparseTensor> sparseTensors() {
    return field(DataRecordField.SPARSE_TENSORS);
  }

  /** Whether the binary feature {@code id} is set. */
  public boolean binary(long id) {
    return find(DataRecordField.BINARY, id, entries -> true) != null;
  }

  /** The continuous value {@code id}; null if the record has none. */
  public @Nullable Double continuous(long id) {
    return find(
        DataRecordField.CONTINUOUS,
        id,
        entries -> {
          double value = entries.in().readDouble();
          return Double.isNaN(value) ? null : value;
        });
  }

  /** The discrete value {@code id}; null if the record has none. */
  public @Nullable Long discrete(long id) {
    return find(DataRecordField.DISCRETE, id, entries -> entries.in().readI64());
  }

  /** The text {@code id}; null if the record has none. */
  public @Nullable Bytes string(long id) {
    return find(DataRecordField.STRING, id, entries -> RecordFields.bytes(entries.in()));
  }

  /** The bytes {@code id}; null if the record has none. */
  public @Nullable Bytes blob(long id) {
    return find(DataRecordField.BLOB, id, entries -> RecordFields.bytes(entries.in()));
  }

  /** The tensor under {@code key}; null if the record has none. */
  public @Nullable Tensor tensor(long key) {
    for (int i = 0; i < record.tensors(); i++) {
      if (record.key(i) == key) {
        int found = i;
        return checked(() -> record.tensor(found));
      }
    }
    return null;
  }

  /**
   * The elements of the FLOAT tensor under {@code key}, row-major; a typed one's are rounded.
   *
   * @throws NoSuchElementException if the record has no tensor under that key
   * @throws IllegalStateException if the tensor has another element type
   */
  public float[] floats(long key) {
    Tensor tensor = tensor(key);
    if (tensor == null) {
      throw new NoSuchElementException(
          "the record has no tensor under key " + key + "; its keys are " + tensors().keySet());
    }
    return tensor.toFloats();
  }

  /**
   * The elements of the FLOAT tensor that {@code names} call {@code name}.
   *
   * @throws NoSuchElementException if there is no such name, or the record has no such tensor
   * @throws IllegalStateException if the tensor has another element type
   */
  public float[] floats(String name, FeatureNames names) {
    return floats(names.id(name));
  }

  /** A copy of the record's bytes. */
  public byte[] toBytes() {
    return record.toBytes();
  }

  /** The number of features; none of their values. */
  @Override
  public String toString() {
    int features =
        binaryFeatures().size()
            + continuousFeatures().size()
            + discreteFeatures().size()
            + stringFeatures().size()
            + sparseBinaryFeatures().size()
            + sparseContinuousFeatures().size()
            + blobFeatures().size();
    return "record of "
        + features
        + " features, tensors "
        + tensors()
        + ", "
        + sparseTensors().size()
        + " sparse tensors";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof DataRecordView view)) {
      return false;
    }
    for (DataRecordField field : DataRecordField.values()) {
      Object mine = field(field);
      if (!mine.equals(view.field(field))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (DataRecordField field : DataRecordField.values()) {
      Object decoded = field(field);
      hash = 31 * hash + decoded.hashCode();
    }
    return hash;
  }

  /** Two threads may both decode a field; what they get is equal, and safe to share. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // read() makes what fits
  private <T> T field(DataRecordField field) {
    Object decoded = fields[field.ordinal()];
    if (decoded == null) {
      decoded = record.has(field) ? checked(() -> read(field)) : empty(field);
      fields[field.ordinal()] = decoded;
    }
    return (T) decoded;
  }

  private static Object empty(DataRecordField field) {
    return field == DataRecordField.BINARY ? Set.of() : Map.of();
  }

  private Object read(DataRecordField field) throws MalformedThriftException {
    return switch (field) {
      case BINARY -> RecordFields.ids(record);
      case CONTINUOUS -> RecordFields.continuous(record);
      case DISCRETE -> RecordFields.discrete(record);
      case STRING, BLOB -> RecordFields.bytes(record, field);
      case SPARSE_BINARY -> RecordFields.sparseBinary(record);
      case SPARSE_CONTINUOUS -> RecordFields.sparseContinuous(record);
      case TENSORS -> RecordFields.tensors(record);
      case SPARSE_TENSORS -> RecordFields.sparseTensors(record);
    };
  }

  /** The last value of that id, which counts; null if there is none. */
  private <T> @Nullable T find(DataRecordField field, long id, Value<T> value) {
    return !record.has(field)
        ? null
        : checked(
            () -> {
              T found = null;
              FieldEntries entries = record.entries(field);
              while (entries.next()) {
                if (entries.id() == id) {
                  T next = value.read(entries);
                  found = next == null ? found : next;
                } else {
                  entries.skip();
                }
              }
              return found;
            });
  }

  private static <T extends @Nullable Object> T checked(Reading<T> reading) {
    try {
      return reading.read();
    } catch (MalformedThriftException e) {
      throw new IllegalStateException(
          "the record's bytes were changed while a view of them was in use", e);
    }
  }

  /** Reads the value of an entry; null if it does not count. */
  private interface Value<T> {
    @Nullable T read(FieldEntries entries) throws MalformedThriftException;
  }

  private interface Reading<T extends @Nullable Object> {
    T read() throws MalformedThriftException;
  }
}
