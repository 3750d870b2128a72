package io.embeddingexport.datarecord.wire;

/**
 * Internal. Type bytes of TBinaryProtocol (Thrift specification, "Thrift Binary protocol
 * encoding").
 */
public final class ThriftType {
  public static final byte STOP = 0;
  public static final byte BOOL = 2;
  public static final byte BYTE = 3;
  public static final byte DOUBLE = 4;
  public static final byte I16 = 6;
  public static final byte I32 = 8;
  public static final byte I64 = 10;

  /** Also used for binary. */
  public static final byte STRING = 11;

  public static final byte STRUCT = 12;
  public static final byte MAP = 13;
  public static final byte SET = 14;
  public static final byte LIST = 15;

  /** Minimum size of a value of the type in bytes; 0 if there is no such type. */
  static int minBytes(byte type) {
    return switch (type) {
      case BOOL, BYTE, STRUCT -> 1;
      case I16 -> 2;
      case I32, STRING -> 4;
      case SET, LIST -> 5;
      case MAP -> 6;
      case I64, DOUBLE -> 8;
      default -> 0;
    };
  }

  private ThriftType() {}
}
