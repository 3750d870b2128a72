package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads a {@code DataRecord} as views of its bytes.
 *
 * <p>It accepts what libtwml's reader accepts, with the same meaning: fields come in any order; a
 * repeated field adds to the first; the first of two tensors under one key counts, the last of two
 * other values, and two sparse values merge; NaN as a continuous or sparse-continuous value is
 * dropped. It is stricter where libtwml does not check: bytes after the stop byte, counts below 0,
 * lengths beyond the input, and shapes that contradict their content are refused.
 *
 * <p>Memory use is bounded by a small multiple of the input's length.
 */
public final class DataRecordReader {
  private final ThriftReader in;
  private final FeatureSelection selection;

  // Immutable and empty until the first entry.
  private Set<Long> binary = Set.of();
  private Map<Long, Double> continuous = Map.of();
  private Map<Long, Long> discrete = Map.of();
  private Map<Long, Bytes> string = Map.of();
  private Map<Long, Set<Bytes>> sparseBinary = Map.of();
  private Map<Long, Map<Bytes, Double>> sparseContinuous = Map.of();
  private Map<Long, Bytes> blob = Map.of();
  private Map<Long, Tensor> tensors = Map.of();
  private Map<Long, SparseTensor> sparseTensors = Map.of();

  private DataRecordReader(ThriftReader in, FeatureSelection selection) {
    this.in = in;
    this.selection = selection;
  }

  /**
   * Reads {@code record}.
   *
   * @param record one whole record; viewed, so it must not change while the result is in use
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record
   */
  public static DataRecordView read(byte[] record) throws MalformedRecordException {
    return read(record, Integer.MAX_VALUE);
  }

  /**
   * Reads {@code record}, unless it is larger than {@code maxBytes}.
   *
   * @param record one whole record; viewed, so it must not change while the result is in use
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record, or too
   *     many
   */
  public static DataRecordView read(byte[] record, int maxBytes) throws MalformedRecordException {
    if (record.length > maxBytes) {
      throw MalformedRecordException.tooLarge(record.length, maxBytes);
    }
    return read(record, 0, record.length);
  }

  /**
   * Reads {@code length} bytes of {@code bytes} from index {@code offset}.
   *
   * @param bytes viewed, so they must not change while the result is in use
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record; its
   *     offset counts from the record's start
   * @throws IndexOutOfBoundsException if the record is outside the array
   */
  public static DataRecordView read(byte[] bytes, int offset, int length)
      throws MalformedRecordException {
    return read(bytes, offset, length, FeatureSelection.ALL);
  }

  /**
   * Reads the selected features of {@code record}. The bytes of the others are checked as strictly
   * and passed over: what is malformed does not depend on the selection.
   *
   * @param record one whole record; viewed, so it must not change while the result is in use
   * @return a view of the selected features that the record has
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record
   */
  public static DataRecordView read(byte[] record, FeatureSelection selection)
      throws MalformedRecordException {
    return read(record, 0, record.length, selection);
  }

  private static DataRecordView read(
      byte[] bytes, int offset, int length, FeatureSelection selection)
      throws MalformedRecordException {
    try {
      return new DataRecordReader(new ThriftReader(bytes, offset, length), selection).read();
    } catch (MalformedThriftException e) {
      throw MalformedRecordException.of(e, offset);
    }
  }

  /**
   * Reads the remaining bytes of {@code record}, whose position does not move.
   *
   * @param record viewed, so it must not change while the result is in use; copied if no array of
   *     its is to be had (direct and read-only buffers)
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record; its
   *     offset counts from the buffer's position
   */
  public static DataRecordView read(ByteBuffer record) throws MalformedRecordException {
    if (record.hasArray()) {
      return read(record.array(), record.arrayOffset() + record.position(), record.remaining());
    }
    byte[] copy = new byte[record.remaining()];
    record.get(record.position(), copy);
    return read(copy);
  }

  private DataRecordView read() throws MalformedThriftException {
    int at = in.position();
    for (byte type = in.readByte(); type != ThriftType.STOP; type = in.readByte()) {
      int fieldId = in.readI16();
      DataRecordField field = DataRecordField.ofId(fieldId);
      if (field == null) {
        throw MalformedThriftException.unknownField(at, fieldId, "DataRecord");
      }
      ThriftReader.check(at, type, field.type());
      readField(field);
      at = in.position();
    }
    in.requireEnd();
    if (!sparseBinary.isEmpty()) {
      sparseBinary.replaceAll((id, values) -> Collections.unmodifiableSet(values));
    }
    if (!sparseContinuous.isEmpty()) {
      sparseContinuous.replaceAll((id, values) -> Collections.unmodifiableMap(values));
    }
    return new DataRecordView(
        binary,
        continuous,
        discrete,
        string,
        sparseBinary,
        sparseContinuous,
        blob,
        tensors,
        sparseTensors);
  }

  private void readField(DataRecordField field) throws MalformedThriftException {
    int count =
        field == DataRecordField.BINARY
            ? in.readListHeader(ThriftType.I64)
            : in.readMapHeader(ThriftType.I64, field.valueType());
    if (count == 0) {
      return;
    }
    switch (field) {
      case BINARY -> {
        binary = binary.isEmpty() ? new LinkedHashSet<>() : binary;
        for (int i = 0; i < count; i++) {
          long id = in.readI64();
          if (selection.has(id)) {
            binary.add(id);
          }
        }
      }
      case CONTINUOUS -> {
        continuous = opened(continuous);
        for (int i = 0; i < count; i++) {
          long id = in.readI64();
          double value = in.readDouble();
          if (!Double.isNaN(value) && selection.has(id)) {
            continuous.put(id, value);
          }
        }
      }
      case DISCRETE -> {
        discrete = opened(discrete);
        for (int i = 0; i < count; i++) {
          long id = in.readI64();
          long value = in.readI64();
          if (selection.has(id)) {
            discrete.put(id, value);
          }
        }
      }
      case STRING -> string = readBytesById(string, count);
      case SPARSE_BINARY -> {
        sparseBinary = opened(sparseBinary);
        for (int i = 0; i < count; i++) {
          long id = in.readI64();
          if (selection.has(id)) {
            readStrings(sparseBinary.computeIfAbsent(id, absent -> new LinkedHashSet<>()));
          } else {
            skipStrings();
          }
        }
      }
      case SPARSE_CONTINUOUS -> {
        sparseContinuous = opened(sparseContinuous);
        for (int i = 0; i < count; i++) {
          long id = in.readI64();
          if (selection.has(id)) {
            readEntries(sparseContinuous.computeIfAbsent(id, absent -> new LinkedHashMap<>()));
          } else {
            skipEntries();
          }
        }
      }
      case BLOB -> blob = readBytesById(blob, count);
      case TENSORS -> {
        tensors = opened(tensors);
        for (int i = 0; i < count; i++) {
          long key = in.readI64();
          if (selection.has(key)) {
            tensors.putIfAbsent(key, TensorReader.read(in));
          } else {
            TensorSkipper.skip(in);
          }
        }
      }
      case SPARSE_TENSORS -> {
        sparseTensors = opened(sparseTensors);
        for (int i = 0; i < count; i++) {
          long key = in.readI64();
          SparseTensor tensor = SparseTensorCodec.read(in);
          if (selection.has(key)) {
            sparseTensors.putIfAbsent(key, tensor);
          }
        }
      }
    }
  }

  private Map<Long, Bytes> readBytesById(Map<Long, Bytes> known, int count)
      throws MalformedThriftException {
    Map<Long, Bytes> values = opened(known);
    for (int i = 0; i < count; i++) {
      long id = in.readI64();
      int length = in.skipBinary();
      if (selection.has(id)) {
        values.put(id, Bytes.of(in.bytes(), in.position() - length, length));
      }
    }
    return values;
  }

  private void readStrings(Set<Bytes> strings) throws MalformedThriftException {
    int count = in.readListHeader(ThriftType.STRING);
    for (int i = 0; i < count; i++) {
      strings.add(readBytes());
    }
  }

  private void skipStrings() throws MalformedThriftException {
    int count = in.readListHeader(ThriftType.STRING);
    for (int i = 0; i < count; i++) {
      in.skipBinary();
    }
  }

  private void readEntries(Map<Bytes, Double> entries) throws MalformedThriftException {
    int count = in.readMapHeader(ThriftType.STRING, ThriftType.DOUBLE);
    for (int i = 0; i < count; i++) {
      Bytes key = readBytes();
      double value = in.readDouble();
      if (!Double.isNaN(value)) {
        entries.put(key, value);
      }
    }
  }

  private void skipEntries() throws MalformedThriftException {
    int count = in.readMapHeader(ThriftType.STRING, ThriftType.DOUBLE);
    for (int i = 0; i < count; i++) {
      in.skipBinary();
      in.skipBytes(Double.BYTES);
    }
  }

  private Bytes readBytes() throws MalformedThriftException {
    int length = in.skipBinary();
    return Bytes.of(in.bytes(), in.position() - length, length);
  }

  private static <V> Map<Long, V> opened(Map<Long, V> map) {
    return map.isEmpty() ? new LinkedHashMap<>() : map;
  }
}
