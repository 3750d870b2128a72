package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.DataRecordField.BINARY;
import static io.embeddingexport.datarecord.DataRecordField.BLOB;
import static io.embeddingexport.datarecord.DataRecordField.CONTINUOUS;
import static io.embeddingexport.datarecord.DataRecordField.DISCRETE;
import static io.embeddingexport.datarecord.DataRecordField.SPARSE_BINARY;
import static io.embeddingexport.datarecord.DataRecordField.SPARSE_CONTINUOUS;
import static io.embeddingexport.datarecord.DataRecordField.SPARSE_TENSORS;
import static io.embeddingexport.datarecord.DataRecordField.STRING;
import static io.embeddingexport.datarecord.DataRecordField.TENSORS;

import io.embeddingexport.datarecord.wire.ThriftType;
import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Collects the nine fields of a {@code DataRecord} and writes them as libtwml does: fields by id,
 * empty ones left out, tensors with their shape. Entries of a field keep the order of adding;
 * libtwml's order is that of its hash maps.
 *
 * <p>The first of two tensors under one key counts, as in libtwml; the last of two other values.
 * {@link RecordTemplate} is faster for many records of one layout. Not thread-safe.
 */
public final class DataRecordWriter {
  /** Largest array that every JVM can make. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private static final int FIELD_HEADER = 3;
  private static final int LIST_HEADER = 5;
  private static final int MAP_HEADER = 6;

  private final Set<Long> binary = new LinkedHashSet<>();
  private final Map<Long, Double> continuous = new LinkedHashMap<>();
  private final Map<Long, Long> discrete = new LinkedHashMap<>();
  private final Map<Long, Bytes> string = new LinkedHashMap<>();
  private final Map<Long, Set<Bytes>> sparseBinary = new LinkedHashMap<>();
  private final Map<Long, Map<Bytes, Double>> sparseContinuous = new LinkedHashMap<>();
  private final Map<Long, Bytes> blob = new LinkedHashMap<>();
  private final Map<Long, Tensor> tensors = new LinkedHashMap<>();
  private final Map<Long, SparseTensor> sparseTensors = new LinkedHashMap<>();

  /** Sets a binary feature. */
  public DataRecordWriter binary(long id) {
    binary.add(id);
    return this;
  }

  /** Sets a continuous feature. NaN is written, but libtwml's readers drop it. */
  public DataRecordWriter continuous(long id, double value) {
    continuous.put(id, value);
    return this;
  }

  public DataRecordWriter discrete(long id, long value) {
    discrete.put(id, value);
    return this;
  }

  public DataRecordWriter string(long id, Bytes value) {
    string.put(id, value);
    return this;
  }

  public DataRecordWriter sparseBinary(long id, Collection<Bytes> values) {
    sparseBinary.put(id, new LinkedHashSet<>(values));
    return this;
  }

  /**
   * Sets a sparse-continuous feature.
   *
   * @throws IllegalArgumentException if {@code values} is empty: libtwml refuses to write it
   */
  public DataRecordWriter sparseContinuous(long id, Map<Bytes, Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "sparse-continuous feature " + id + " has no values; leave it out");
    }
    sparseContinuous.put(id, new LinkedHashMap<>(values));
    return this;
  }

  public DataRecordWriter blob(long id, Bytes value) {
    blob.put(id, value);
    return this;
  }

  /** Adds a tensor in its own encoding, unless the key already has one. */
  public DataRecordWriter tensor(long key, Tensor tensor) {
    tensors.putIfAbsent(key, tensor);
    return this;
  }

  /** Adds a sparse tensor, unless the key already has one. */
  public DataRecordWriter sparseTensor(long key, SparseTensor tensor) {
    sparseTensors.putIfAbsent(key, tensor);
    return this;
  }

  /**
   * Adds everything in {@code record}. Sparse-continuous features without values, which a reader
   * can meet, are left out.
   */
  public DataRecordWriter addAll(DataRecordView record) {
    record.binaryFeatures().forEach(this::binary);
    record.continuousFeatures().forEach(this::continuous);
    record.discreteFeatures().forEach(this::discrete);
    record.stringFeatures().forEach(this::string);
    record.sparseBinaryFeatures().forEach(this::sparseBinary);
    record
        .sparseContinuousFeatures()
        .forEach(
            (id, values) -> {
              if (!values.isEmpty()) {
                sparseContinuous(id, values);
              }
            });
    record.blobFeatures().forEach(this::blob);
    record.tensors().forEach(this::tensor);
    record.sparseTensors().forEach(this::sparseTensor);
    return this;
  }

  /**
   * The record; without any features, the single byte 0.
   *
   * @throws IllegalStateException if it would be 2³¹ bytes or more
   */
  public byte[] write() {
    long size = size();
    if (size > MAX_BYTES) {
      throw new IllegalStateException(
          "a record of " + size + " bytes: at most " + MAX_BYTES + " fit in an array");
    }
    ThriftWriter out = new ThriftWriter((int) size);
    if (!binary.isEmpty()) {
      out.putField(BINARY.type(), BINARY.id()).putList(BINARY.valueType(), binary.size());
      binary.forEach(out::putI64);
    }
    putMap(out, CONTINUOUS, continuous, ThriftWriter::putDouble);
    putMap(out, DISCRETE, discrete, ThriftWriter::putI64);
    putMap(out, STRING, string, DataRecordWriter::putBytes);
    putMap(out, SPARSE_BINARY, sparseBinary, DataRecordWriter::putStrings);
    putMap(out, SPARSE_CONTINUOUS, sparseContinuous, DataRecordWriter::putEntries);
    putMap(out, BLOB, blob, DataRecordWriter::putBytes);
    putMap(out, TENSORS, tensors, DataRecordWriter::putTensor);
    putMap(out, SPARSE_TENSORS, sparseTensors, SparseTensorCodec::write);
    return out.putByte(ThriftType.STOP).finish();
  }

  private long size() {
    return (binary.isEmpty() ? 0 : FIELD_HEADER + LIST_HEADER + 8L * binary.size())
        + mapSize(continuous, value -> 8)
        + mapSize(discrete, value -> 8)
        + mapSize(string, DataRecordWriter::size)
        + mapSize(
            sparseBinary,
            values -> LIST_HEADER + values.stream().mapToLong(DataRecordWriter::size).sum())
        + mapSize(
            sparseContinuous,
            values -> MAP_HEADER + values.keySet().stream().mapToLong(key -> size(key) + 8).sum())
        + mapSize(blob, DataRecordWriter::size)
        + mapSize(
            tensors,
            tensor ->
                TensorWriter.size(tensor.encoding(), tensor.contentLength(), tensor.shape().rank()))
        + mapSize(sparseTensors, SparseTensorCodec::size)
        + 1;
  }

  private static long size(Bytes value) {
    return 4L + value.length();
  }

  private static <V> long mapSize(Map<Long, V> map, ToLongFunction<V> valueSize) {
    return map.isEmpty()
        ? 0
        : FIELD_HEADER
            + MAP_HEADER
            + map.values().stream().mapToLong(value -> 8 + valueSize.applyAsLong(value)).sum();
  }

  private static <V> void putMap(
      ThriftWriter out, DataRecordField field, Map<Long, V> map, ValueWriter<V> values) {
    if (!map.isEmpty()) {
      out.putField(field.type(), field.id());
      out.putMap(ThriftType.I64, field.valueType(), map.size());
      map.forEach((id, value) -> values.put(out.putI64(id), value));
    }
  }

  private static void putBytes(ThriftWriter out, Bytes value) {
    out.putI32(value.length());
    value.copyTo(out.bytes(), out.skip(value.length()));
  }

  private static void putStrings(ThriftWriter out, Set<Bytes> values) {
    out.putList(ThriftType.STRING, values.size());
    values.forEach(value -> putBytes(out, value));
  }

  private static void putEntries(ThriftWriter out, Map<Bytes, Double> values) {
    out.putMap(ThriftType.STRING, ThriftType.DOUBLE, values.size());
    values.forEach(
        (key, value) -> {
          putBytes(out, key);
          out.putDouble(value);
        });
  }

  private static void putTensor(ThriftWriter out, Tensor tensor) {
    TensorWriter.write(out, tensor.encoding(), tensor, tensor.shape());
  }

  private interface ValueWriter<V> {
    void put(ThriftWriter out, V value);
  }
}
