package io.embeddingexport.datarecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor that writes TBinaryProtocol into an array of exactly the right size. Not thread-safe.
 */
final class ThriftWriter {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int position;

  ThriftWriter(int size) {
    this.bytes = new byte[size];
  }

  static long getI64(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static int getI32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static void putI64(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }

  int position() {
    return position;
  }

  ThriftWriter putByte(int value) {
    bytes[position++] = (byte) value;
    return this;
  }

  ThriftWriter putI16(int value) {
    SHORT.set(bytes, position, (short) value);
    position += 2;
    return this;
  }

  ThriftWriter putI32(int value) {
    INT.set(bytes, position, value);
    position += 4;
    return this;
  }

  ThriftWriter putI64(long value) {
    LONG.set(bytes, position, value);
    position += 8;
    return this;
  }

  ThriftWriter putDouble(double value) {
    return putI64(Double.doubleToRawLongBits(value));
  }

  ThriftWriter putField(byte type, int id) {
    return putByte(type).putI16(id);
  }

  ThriftWriter putList(byte elementType, int count) {
    return putByte(elementType).putI32(count);
  }

  ThriftWriter putMap(byte keyType, byte valueType, int count) {
    return putByte(keyType).putByte(valueType).putI32(count);
  }

  ThriftWriter putBinary(Bytes value) {
    putI32(value.length());
    value.copyTo(bytes, position);
    position += value.length();
    return this;
  }

  ThriftWriter putBytes(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
    return this;
  }

  /** Moves forward by {@code count} bytes, leaving zeros, and returns where they begin. */
  int skip(int count) {
    int at = position;
    position += count;
    return at;
  }

  /** The array, which must be full. */
  byte[] finish() {
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

  byte[] bytes() {
    return bytes;
  }
}
