package io.embeddingexport.datarecord.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Internal. A cursor that writes TBinaryProtocol into an array of exactly the right size. Not
 * thread-safe.
 */
public final class ThriftWriter {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int position;

  public ThriftWriter(int size) {
    this.bytes = new byte[size];
  }

  public static long getI64(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  public static int getI32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  public static void putI64(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }

  public ThriftWriter putByte(int value) {
    bytes[position++] = (byte) value;
    return this;
  }

  private ThriftWriter putI16(int value) {
    SHORT.set(bytes, position, (short) value);
    position += 2;
    return this;
  }

  public ThriftWriter putI32(int value) {
    INT.set(bytes, position, value);
    position += 4;
    return this;
  }

  public ThriftWriter putI64(long value) {
    LONG.set(bytes, position, value);
    position += 8;
    return this;
  }

  public ThriftWriter putDouble(double value) {
    return putI64(Double.doubleToRawLongBits(value));
  }

  public ThriftWriter putField(byte type, int id) {
    return putByte(type).putI16(id);
  }

  public ThriftWriter putList(byte elementType, int count) {
    return putByte(elementType).putI32(count);
  }

  public ThriftWriter putMap(byte keyType, byte valueType, int count) {
    return putByte(keyType).putByte(valueType).putI32(count);
  }

  public ThriftWriter putBytes(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
    return this;
  }

  /** Moves forward by {@code count} bytes, leaving zeros, and returns where they begin. */
  public int skip(int count) {
    int at = position;
    position += count;
    return at;
  }

  /** The array, which must be full. */
  public byte[] finish() {
    if (position != bytes.length) {
      throw new IllegalStateException(
          "record of "
              + bytes.length
              + " bytes ended after "
              + position
              + ": its size was computed wrongly");
    }
    return bytes;
  }

  public byte[] bytes() {
    return bytes;
  }
}
