package io.embeddingexport.datarecord.wire;

/**
 * Internal. Bytes that are not a well-formed Thrift struct of the expected kind. The message names
 * the byte offset, the value found and the value expected; never the payload. It has no stack
 * trace: events from outside cause it.
 */
public final class MalformedThriftException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Every way bytes can be malformed. A fault is named as a record's {@code Reason}. */
  public enum Fault {
    TRUNCATED,
    TRAILING_BYTES,
    NEGATIVE_LENGTH,
    LENGTH_EXCEEDS_INPUT,
    UNKNOWN_FIELD,
    WRONG_TYPE,
    UNION_ARITY,
    MISSING_FIELD,
    UNKNOWN_DATA_TYPE,
    SHAPE_CONTRADICTS_CONTENT,
    TOO_DEEP,
    NOT_UTF8
  }

  private final Fault fault;
  private final int offset;
  private final String detail;

  private MalformedThriftException(Fault fault, int offset, String detail) {
    super("byte " + offset + ": " + detail, null, false, false);
    this.fault = fault;
    this.offset = offset;
    this.detail = detail;
  }

  public Fault fault() {
    return fault;
  }

  /** Offset of the problem in the array read. */
  public int offset() {
    return offset;
  }

  /** What is wrong, without the offset. */
  public String detail() {
    return detail;
  }

  static MalformedThriftException truncated(int offset, long needed, int remaining) {
    return new MalformedThriftException(
        Fault.TRUNCATED, offset, "needs " + needed + " bytes, " + remaining + " remain");
  }

  static MalformedThriftException trailingBytes(int offset, int count) {
    return new MalformedThriftException(
        Fault.TRAILING_BYTES, offset, count + " bytes follow the stop byte");
  }

  static MalformedThriftException negativeLength(int offset, int length) {
    return new MalformedThriftException(
        Fault.NEGATIVE_LENGTH, offset, "length or count is " + length);
  }

  static MalformedThriftException lengthExceedsInput(
      int offset, int count, long bytes, int remaining) {
    return new MalformedThriftException(
        Fault.LENGTH_EXCEEDS_INPUT,
        offset,
        "a count of " + count + " takes at least " + bytes + " bytes, " + remaining + " remain");
  }

  /** {@code struct} has no field with that id. */
  public static MalformedThriftException unknownField(int offset, int fieldId, String struct) {
    return new MalformedThriftException(
        Fault.UNKNOWN_FIELD, offset, struct + " has no field " + fieldId);
  }

  static MalformedThriftException unknownType(int offset, byte type) {
    return new MalformedThriftException(
        Fault.WRONG_TYPE, offset, "no Thrift type has number " + type);
  }

  static MalformedThriftException wrongType(int offset, byte found, byte expected) {
    return new MalformedThriftException(
        Fault.WRONG_TYPE, offset, "Thrift type " + found + " where " + expected + " belongs");
  }

  public static MalformedThriftException unionArity(int offset, String union) {
    return new MalformedThriftException(
        Fault.UNION_ARITY, offset, "a " + union + " has exactly one field");
  }

  /** The required {@code field} of {@code struct} is missing. */
  public static MalformedThriftException missingField(int offset, String struct, String field) {
    return new MalformedThriftException(
        Fault.MISSING_FIELD, offset, struct + " lacks its required field " + field);
  }

  public static MalformedThriftException unknownDataType(int offset, int code) {
    return new MalformedThriftException(
        Fault.UNKNOWN_DATA_TYPE, offset, "no supported DataType has number " + code);
  }

  public static MalformedThriftException shapeContradictsContent(int offset, String detail) {
    return new MalformedThriftException(Fault.SHAPE_CONTRADICTS_CONTENT, offset, detail);
  }

  static MalformedThriftException tooDeep(int offset) {
    return new MalformedThriftException(
        Fault.TOO_DEEP, offset, "nested deeper than " + ThriftReader.MAX_DEPTH);
  }

  public static MalformedThriftException notUtf8(int offset) {
    return new MalformedThriftException(Fault.NOT_UTF8, offset, "text is not UTF-8");
  }
}
