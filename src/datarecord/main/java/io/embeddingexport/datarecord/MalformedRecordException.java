package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;

/**
 * Bytes that are not a well-formed record. The message names the byte offset, the value found and
 * the value expected; never the payload. It has no stack trace, which would cost more than the
 * bytes: records from outside cause it.
 */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Every way bytes can be malformed. */
  public enum Reason {
    /** The input ends inside a value. */
    TRUNCATED,
    /** Bytes follow the struct's stop byte. libtwml ignores them. */
    TRAILING_BYTES,
    /** A count or length below 0. */
    NEGATIVE_LENGTH,
    /** A count or length that the remaining bytes cannot hold. */
    LENGTH_EXCEEDS_INPUT,
    /** A field id unknown to the struct. */
    UNKNOWN_FIELD,
    /** A field, key or element of a Thrift type other than the schema's. */
    WRONG_TYPE,
    /** A union with no field, or more than one. */
    UNION_ARITY,
    /** A required field is missing. */
    MISSING_FIELD,
    /** No supported DataType has that number. */
    UNKNOWN_DATA_TYPE,
    /** The shape and the number of elements contradict each other. */
    SHAPE_CONTRADICTS_CONTENT,
    /** Values nested deeper than 64 levels. */
    TOO_DEEP,
    /** Text that is not UTF-8. */
    NOT_UTF8,
    /** The input is larger than the reader's limit. */
    TOO_LARGE
  }

  private final Reason reason;
  private final int offset;

  private MalformedRecordException(Reason reason, int offset, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.offset = offset;
  }

  public Reason reason() {
    return reason;
  }

  /** Offset of the problem in the record, in bytes. */
  public int offset() {
    return offset;
  }

  /**
   * @param start index of the record in the array read
   */
  static MalformedRecordException of(MalformedThriftException e, int start) {
    int offset = e.offset() - start;
    return new MalformedRecordException(
        Reason.valueOf(e.fault().name()), offset, "byte " + offset + ": " + e.detail());
  }

  static MalformedRecordException tooLarge(int size, int limit) {
    return new MalformedRecordException(
        Reason.TOO_LARGE, 0, "byte 0: input of " + size + " bytes; the limit is " + limit);
  }
}
