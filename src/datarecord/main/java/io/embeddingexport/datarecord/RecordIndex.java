package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import java.util.Arrays;

/**
 * Where the parts of a record are. One pass over the record checks all of it, and keeps no values:
 * only where each field begins, and the key and place of each tensor. Immutable.
 */
final class RecordIndex {
  private static final int BINARY_ENTRY = Long.BYTES;
  private static final int NUMBER_ENTRY = 2 * Long.BYTES;

  private static final long[] NO_KEYS = {};
  private static final int[] NO_PLACES = {};

  private final byte[] bytes;
  private final int offset;
  private final int length;

  /** By ordinal of the field: where the header of its entries is; 0 if it has none. */
  private final int[] fields = new int[DataRecordField.COUNT];

  /** One bit a field: it comes again behind its first place. */
  private int repeated;

  private long[] keys = NO_KEYS;
  private int[] places = NO_PLACES;
  private int tensors;

  private RecordIndex(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /**
   * The index of the record that is {@code length} bytes from {@code offset}.
   *
   * @throws MalformedThriftException if they are not exactly one well-formed record
   */
  static RecordIndex of(byte[] bytes, int offset, int length) throws MalformedThriftException {
    RecordIndex index = new RecordIndex(bytes, offset, length);
    index.check(new ThriftReader(bytes, offset, length));
    return index;
  }

  /** A copy of the record. */
  byte[] toBytes() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /** Whether a field has entries. */
  boolean has(DataRecordField field) {
    return fields[field.ordinal()] > 0;
  }

  /** The entries of a field that has some. */
  FieldEntries entries(DataRecordField field) {
    return new FieldEntries(
        from(fields[field.ordinal()]), field, (repeated & 1 << field.ordinal()) != 0);
  }

  /** Number of tensors, also of those whose key came before. */
  int tensors() {
    return tensors;
  }

  /** The key of tensor {@code i}. */
  long key(int i) {
    return keys[i];
  }

  /** Reads tensor {@code i}. */
  Tensor tensor(int i) throws MalformedThriftException {
    return TensorReader.read(from(places[i]));
  }

  private ThriftReader from(int place) {
    return new ThriftReader(bytes, place, offset + length - place);
  }

  private void check(ThriftReader in) throws MalformedThriftException {
    int at = in.position();
    for (byte type = in.readByte(); type != ThriftType.STOP; type = in.readByte()) {
      int fieldId = in.readI16();
      DataRecordField field = DataRecordField.ofId(fieldId);
      if (field == null) {
        throw MalformedThriftException.unknownField(at, fieldId, "DataRecord");
      }
      ThriftReader.check(at, type, field.type());
      int header = in.position();
      int count = field.readCount(in);
      if (count > 0) {
        note(field, header);
        pass(in, field, count);
      }
      at = in.position();
    }
    in.requireEnd();
  }

  private void note(DataRecordField field, int header) {
    if (has(field)) {
      repeated |= 1 << field.ordinal();
    } else {
      fields[field.ordinal()] = header;
    }
  }

  /** Checks entries and passes over them. */
  private void pass(ThriftReader in, DataRecordField field, int count)
      throws MalformedThriftException {
    switch (field) {
      case BINARY -> in.skipBytes(BINARY_ENTRY * count);
      case CONTINUOUS, DISCRETE -> in.skipBytes(NUMBER_ENTRY * count);
      case STRING, BLOB -> {
        for (int i = 0; i < count; i++) {
          in.skipBytes(Long.BYTES);
          in.skipBinary();
        }
      }
      case SPARSE_BINARY -> {
        for (int i = 0; i < count; i++) {
          in.skipBytes(Long.BYTES);
          for (int left = in.readListHeader(ThriftType.STRING); left > 0; left--) {
            in.skipBinary();
          }
        }
      }
      case SPARSE_CONTINUOUS -> {
        for (int i = 0; i < count; i++) {
          in.skipBytes(Long.BYTES);
          for (int left = in.readMapHeader(ThriftType.STRING, ThriftType.DOUBLE);
              left > 0;
              left--) {
            in.skipBinary();
            in.skipBytes(Double.BYTES);
          }
        }
      }
      case TENSORS -> {
        reserve(count);
        for (int i = 0; i < count; i++) {
          keys[tensors] = in.readI64();
          places[tensors++] = in.position();
          TensorSkipper.skip(in);
        }
      }
      case SPARSE_TENSORS -> {
        for (int i = 0; i < count; i++) {
          in.skipBytes(Long.BYTES);
          SparseTensorCodec.skip(in);
        }
      }
    }
  }

  /** Makes room for tensors. It doubles, for a record may have the field often. */
  private void reserve(int count) {
    int needed = tensors + count;
    if (needed > keys.length) {
      int capacity = tensors == 0 ? needed : Math.max(needed, 2 * tensors);
      keys = Arrays.copyOf(keys, capacity);
      places = Arrays.copyOf(places, capacity);
    }
  }
}
