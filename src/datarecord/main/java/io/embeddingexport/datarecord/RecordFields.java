package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads whole fields of a checked record, each into a collection in wire order. */
final class RecordFields {

  static Set<Long> ids(RecordIndex record) throws MalformedThriftException {
    Set<Long> ids = new LinkedHashSet<>();
    FieldEntries entries = record.entries(DataRecordField.BINARY);
    while (entries.next()) {
      ids.add(entries.id());
    }
    return Collections.unmodifiableSet(ids);
  }

  static Map<Long, Double> continuous(RecordIndex record) throws MalformedThriftException {
    Map<Long, Double> values = new LinkedHashMap<>();
    FieldEntries entries = record.entries(DataRecordField.CONTINUOUS);
    while (entries.next()) {
      double value = entries.in().readDouble();
      if (!Double.isNaN(value)) {
        values.put(entries.id(), value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  static Map<Long, Long> discrete(RecordIndex record) throws MalformedThriftException {
    Map<Long, Long> values = new LinkedHashMap<>();
    FieldEntries entries = record.entries(DataRecordField.DISCRETE);
    while (entries.next()) {
      values.put(entries.id(), entries.in().readI64());
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * @param field of strings or blobs
   */
  static Map<Long, Bytes> bytes(RecordIndex record, DataRecordField field)
      throws MalformedThriftException {
    Map<Long, Bytes> values = new LinkedHashMap<>();
    FieldEntries entries = record.entries(field);
    while (entries.next()) {
      values.put(entries.id(), bytes(entries.in()));
    }
    return Collections.unmodifiableMap(values);
  }

  static Map<Long, Set<Bytes>> sparseBinary(RecordIndex record) throws MalformedThriftException {
    Map<Long, Set<Bytes>> values = new LinkedHashMap<>();
    FieldEntries entries = record.entries(DataRecordField.SPARSE_BINARY);
    while (entries.next()) {
      addStrings(
          entries.in(), values.computeIfAbsent(entries.id(), absent -> new LinkedHashSet<>()));
    }
    values.replaceAll((id, strings) -> Collections.unmodifiableSet(strings));
    return Collections.unmodifiableMap(values);
  }

  private static void addStrings(ThriftReader in, Collection<Bytes> strings)
      throws MalformedThriftException {
    for (int left = in.readListHeader(ThriftType.STRING); left > 0; left--) {
      strings.add(bytes(in));
    }
  }

  static Map<Long, Map<Bytes, Double>> sparseContinuous(RecordIndex record)
      throws MalformedThriftException {
    Map<Long, Map<Bytes, Double>> values = new LinkedHashMap<>();
    FieldEntries entries = record.entries(DataRecordField.SPARSE_CONTINUOUS);
    while (entries.next()) {
      putNumbers(
          entries.in(), values.computeIfAbsent(entries.id(), absent -> new LinkedHashMap<>()));
    }
    values.replaceAll((id, numbers) -> Collections.unmodifiableMap(numbers));
    return Collections.unmodifiableMap(values);
  }

  private static void putNumbers(ThriftReader in, Map<Bytes, Double> numbers)
      throws MalformedThriftException {
    for (int left = in.readMapHeader(ThriftType.STRING, ThriftType.DOUBLE); left > 0; left--) {
      Bytes key = bytes(in);
      double value = in.readDouble();
      if (!Double.isNaN(value)) {
        numbers.put(key, value);
      }
    }
  }

  static Map<Long, Tensor> tensors(RecordIndex record) throws MalformedThriftException {
    Map<Long, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < record.tensors(); i++) {
      tensors.putIfAbsent(record.key(i), record.tensor(i));
    }
    return Collections.unmodifiableMap(tensors);
  }

  static Map<Long, SparseTensor> sparseTensors(RecordIndex record) throws MalformedThriftException {
    Map<Long, SparseTensor> tensors = new LinkedHashMap<>();
    FieldEntries entries = record.entries(DataRecordField.SPARSE_TENSORS);
    while (entries.next()) {
      tensors.putIfAbsent(entries.id(), SparseTensorCodec.read(entries.in()));
    }
    return Collections.unmodifiableMap(tensors);
  }

  /** Reads a string or blob as a view. */
  static Bytes bytes(ThriftReader in) throws MalformedThriftException {
    int length = in.skipBinary();
    return Bytes.of(in.bytes(), in.position() - length, length);
  }

  private RecordFields() {}
}
