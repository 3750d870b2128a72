package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;

/**
 * Goes through the entries of a field of a checked record, also where the field comes again. The
 * caller reads the value of each entry from {@link #in}, or skips it. Not thread-safe.
 */
final class FieldEntries {
  private final ThriftReader in;
  private final DataRecordField field;
  private final boolean repeated;

  private boolean begun;
  private int left;
  private long id;

  /**
   * @param in at the header of the field's first entries
   * @param repeated whether the field comes again behind them
   */
  FieldEntries(ThriftReader in, DataRecordField field, boolean repeated) {
    this.in = in;
    this.field = field;
    this.repeated = repeated;
  }

  /** Moves to the next entry, behind its id. False if there is none: it is not called again. */
  boolean next() throws MalformedThriftException {
    while (left == 0) {
      if (!findMore()) {
        return false;
      }
    }
    left--;
    id = in.readI64();
    return true;
  }

  /** The id of the entry. */
  long id() {
    return id;
  }

  /** At the value of the entry; one of a binary feature has none. */
  ThriftReader in() {
    return in;
  }

  /** Skips the value of the entry. */
  void skip() throws MalformedThriftException {
    if (field != DataRecordField.BINARY) {
      in.skip(field.valueType());
    }
  }

  private boolean findMore() throws MalformedThriftException {
    if (!begun) {
      begun = true;
      left = field.readCount(in);
      return true;
    }
    if (!repeated) {
      return false;
    }
    for (byte type = in.readByte(); type != ThriftType.STOP; type = in.readByte()) {
      if (in.readI16() == field.id()) {
        left = field.readCount(in);
        return true;
      }
      in.skip(type);
    }
    return false;
  }
}
