package io.embeddingexport.datarecord.wire;

import static io.embeddingexport.datarecord.wire.MalformedThriftException.lengthExceedsInput;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.negativeLength;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.truncated;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.wrongType;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Internal. A cursor over TBinaryProtocol bytes that trusts no length: every count is checked
 * against the remaining bytes before anything is allocated or read, and every failure is a {@link
 * MalformedThriftException}. Not thread-safe.
 *
 * <pre>
 * struct = (field)* 00
 * field  = type:u8 id:i16 value
 * list   = type:u8 count:i32 value*          (set alike)
 * map    = key:u8 value:u8 count:i32 (value value)*
 * string = length:i32 byte*                  all integers big-endian
 * </pre>
 */
public final class ThriftReader {
  /** Deepest nesting of containers that {@link #skip} follows. */
  public static final int MAX_DEPTH = 64;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int end;
  private int position;

  /** Reads {@code length} bytes of {@code bytes} from {@code offset}; the array is not copied. */
  public ThriftReader(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  /** Reads {@code next} from its start: a reader can serve many messages. */
  public void reset(byte[] next) {
    bytes = next;
    position = 0;
    end = next.length;
  }

  /** The array read from. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index in {@link #bytes()} of the next byte. */
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public byte readByte() throws MalformedThriftException {
    require(1);
    return bytes[position++];
  }

  public short readI16() throws MalformedThriftException {
    require(2);
    short value = (short) SHORT.get(bytes, position);
    position += 2;
    return value;
  }

  public int readI32() throws MalformedThriftException {
    require(4);
    int value = (int) INT.get(bytes, position);
    position += 4;
    return value;
  }

  public long readI64() throws MalformedThriftException {
    require(8);
    long value = (long) LONG.get(bytes, position);
    position += 8;
    return value;
  }

  public double readDouble() throws MalformedThriftException {
    return Double.longBitsToDouble(readI64());
  }

  /** Reads a count of items that take at least {@code minItemBytes} bytes each. */
  public int readCount(int minItemBytes) throws MalformedThriftException {
    int at = position;
    int count = readI32();
    if (count < 0) {
      throw negativeLength(at, count);
    }
    if ((long) count * minItemBytes > remaining()) {
      throw lengthExceedsInput(at, count, (long) count * minItemBytes, remaining());
    }
    return count;
  }

  /** Reads a list's or set's header and returns its count. */
  public int readListHeader(byte elementType) throws MalformedThriftException {
    expect(elementType);
    return readCount(ThriftType.minBytes(elementType));
  }

  /** Reads a map's header and returns its count. */
  public int readMapHeader(byte keyType, byte valueType) throws MalformedThriftException {
    expect(keyType);
    expect(valueType);
    return readCount(ThriftType.minBytes(keyType) + ThriftType.minBytes(valueType));
  }

  /** Reads a type byte that must be {@code type}. */
  private void expect(byte type) throws MalformedThriftException {
    int at = position;
    check(at, readByte(), type);
  }

  /** Checks a type byte already read. */
  public static void check(int offset, byte found, byte expected) throws MalformedThriftException {
    if (found != expected) {
      throw wrongType(offset, found, expected);
    }
  }

  /** Moves past a {@code binary} or {@code string}, and returns its content's length in bytes. */
  public int skipBinary() throws MalformedThriftException {
    int length = readCount(1);
    skipBytes(length);
    return length;
  }

  /** Moves forward by {@code count} bytes. */
  public void skipBytes(int count) throws MalformedThriftException {
    require(count);
    position += count;
  }

  /** Moves past a value of that type, whatever it contains. */
  public void skip(byte type) throws MalformedThriftException {
    skip(type, 0);
  }

  private void skip(byte type, int depth) throws MalformedThriftException {
    if (depth > MAX_DEPTH) {
      throw MalformedThriftException.tooDeep(position);
    }
    switch (type) {
      case ThriftType.STRING -> skipBinary();
      case ThriftType.STRUCT -> {
        for (byte field = readByte(); field != ThriftType.STOP; field = readByte()) {
          skipBytes(2);
          skip(field, depth + 1);
        }
      }
      case ThriftType.MAP -> {
        byte keyType = readByte();
        byte valueType = readByte();
        int count = readCount(minBytes(keyType) + minBytes(valueType));
        for (int i = 0; i < count; i++) {
          skip(keyType, depth + 1);
          skip(valueType, depth + 1);
        }
      }
      case ThriftType.LIST, ThriftType.SET -> {
        byte elementType = readByte();
        int count = readCount(minBytes(elementType));
        for (int i = 0; i < count; i++) {
          skip(elementType, depth + 1);
        }
      }
      default -> skipBytes(minBytes(type));
    }
  }

  /** Refuses bytes after the end of the outermost struct. */
  public void requireEnd() throws MalformedThriftException {
    if (position < end) {
      throw MalformedThriftException.trailingBytes(position, end - position);
    }
  }

  private int minBytes(byte type) throws MalformedThriftException {
    int size = ThriftType.minBytes(type);
    if (size == 0) {
      throw MalformedThriftException.unknownType(position, type);
    }
    return size;
  }

  private void require(int count) throws MalformedThriftException {
    if (count > end - position) {
      throw truncated(position, count, end - position);
    }
  }
}
