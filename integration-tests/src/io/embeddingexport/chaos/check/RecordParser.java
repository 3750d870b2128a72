package io.embeddingexport.chaos.check;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the one form of record that a chaos run may write: one FLOAT vector.
 *
 * <pre>
 * 0D 0008 0A 0C i32 1  i64 key
 *   0C 0001  08 0001 i32 0  0B 0002 i32 len bytes  0F 0003 0A i32 1 i64 dims  00 00
 * 00
 * </pre>
 */
final class RecordParser {

  /**
   * What a record says.
   *
   * @param vector bytes, little-endian
   */
  record Vector(long key, byte[] vector) {
    boolean is(long otherKey, byte[] otherVector) {
      return key == otherKey && Arrays.equals(vector, otherVector);
    }
  }

  /** Null if the bytes are anything else. */
  static Vector parse(byte[] record) {
    try {
      ByteBuffer in = ByteBuffer.wrap(record);
      boolean head = field(in, 0x0D, 8) && in.get() == 0x0A && in.get() == 0x0C && in.getInt() == 1;
      long key = in.getLong();
      head &= field(in, 0x0C, 1) && field(in, 0x08, 1) && in.getInt() == 0 && field(in, 0x0B, 2);
      int length = in.getInt();
      if (!head || length < 0 || length > in.remaining()) {
        return null;
      }
      byte[] vector = new byte[length];
      in.get(vector);
      boolean tail =
          field(in, 0x0F, 3)
              && in.get() == 0x0A
              && in.getInt() == 1
              && length % Float.BYTES == 0
              && in.getLong() == length / Float.BYTES
              && in.get() == 0
              && in.get() == 0
              && in.get() == 0;
      return tail && !in.hasRemaining() ? new Vector(key, vector) : null;
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static boolean field(ByteBuffer in, int type, int id) {
    return in.get() == type && in.getShort() == id;
  }

  private RecordParser() {}
}
