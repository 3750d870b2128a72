package io.embeddingexport.datarecord;

/**
 * Bytes that are not a well-formed Thrift struct of the expected kind. The message names the byte
 * offset, the value found and the value expected; never the payload.
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
    /** Values nested deeper than {@link ThriftReader#MAX_DEPTH}. */
    TOO_DEEP,
    /** Text that is not UTF-8. */
    NOT_UTF8,
    /** The input is larger than the reader's limit. */
    TOO_LARGE
  }

  private final Reason reason;
  private final int offset;

  MalformedRecordException(Reason reason, int offset, String detail) {
    super("byte " + offset + ": " + detail);
    this.reason = reason;
    this.offset = offset;
  }

  public Reason reason() {
    return reason;
  }

  /** Offset of the problem in the array read. */
  public int offset() {
    return offset;
  }

  static MalformedRecordException truncated(int offset, long needed, int remaining) {
    return new MalformedRecordException(
        Reason.TRUNCATED, offset, "needs " + needed + " bytes, " + remaining + " remain");
  }

  static MalformedRecordException trailingBytes(int offset, int count) {
    return new MalformedRecordException(
        Reason.TRAILING_BYTES, offset, count + " bytes follow the stop byte");
  }

  static MalformedRecordException negativeLength(int offset, int length) {
    return new MalformedRecordException(
        Reason.NEGATIVE_LENGTH, offset, "length or count is " + length);
  }

  static MalformedRecordException lengthExceedsInput(
      int offset, int count, long bytes, int remaining) {
    return new MalformedRecordException(
        Reason.LENGTH_EXCEEDS_INPUT,
        offset,
        "a count of " + count + " takes at least " + bytes + " bytes, " + remaining + " remain");
  }

  /** {@code struct} has no field with that id. */
  public static MalformedRecordException unknownField(int offset, int fieldId, String struct) {
    return new MalformedRecordException(
        Reason.UNKNOWN_FIELD, offset, struct + " has no field " + fieldId);
  }

  static MalformedRecordException wrongType(int offset, byte found, byte expected) {
    return new MalformedRecordException(
        Reason.WRONG_TYPE, offset, "Thrift type " + found + " where " + expected + " belongs");
  }

  static MalformedRecordException unionArity(int offset, String union) {
    return new MalformedRecordException(
        Reason.UNION_ARITY, offset, "a " + union + " has exactly one field");
  }

  /** The required {@code field} of {@code struct} is missing. */
  public static MalformedRecordException missingField(int offset, String struct, String field) {
    return new MalformedRecordException(
        Reason.MISSING_FIELD, offset, struct + " lacks its required field " + field);
  }

  static MalformedRecordException unknownDataType(int offset, int code) {
    return new MalformedRecordException(
        Reason.UNKNOWN_DATA_TYPE, offset, "no supported DataType has number " + code);
  }

  static MalformedRecordException shapeContradictsContent(int offset, String detail) {
    return new MalformedRecordException(Reason.SHAPE_CONTRADICTS_CONTENT, offset, detail);
  }

  static MalformedRecordException tooDeep(int offset) {
    return new MalformedRecordException(
        Reason.TOO_DEEP, offset, "nested deeper than " + ThriftReader.MAX_DEPTH);
  }

  static MalformedRecordException notUtf8(int offset) {
    return new MalformedRecordException(Reason.NOT_UTF8, offset, "text is not UTF-8");
  }

  static MalformedRecordException tooLarge(int size, int limit) {
    return new MalformedRecordException(
        Reason.TOO_LARGE, 0, "input of " + size + " bytes; the limit is " + limit);
  }
}
