package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import java.nio.ByteBuffer;

/**
 * Reads a {@code DataRecord} as a view of its bytes. Reading checks every byte but those of
 * payloads; the view decodes what it is asked for.
 *
 * <p>It accepts what libtwml's reader accepts, with the same meaning: fields come in any order; a
 * repeated field adds to the first; the first of two tensors under one key counts, the last of two
 * other values, and two sparse values merge; NaN as a continuous or sparse-continuous value is
 * dropped. It is stricter where libtwml does not check: bytes after the stop byte, counts below 0,
 * lengths beyond the input, and shapes that contradict their content are refused.
 *
 * <p>Reading takes at most four times the input's length of memory, and 1 KiB. Thread-safe.
 */
public final class DataRecordReader {

  /**
   * Reads {@code record}.
   *
   * @param record one whole record; viewed, so it must not change while the result is in use
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record
   */
  public static DataRecordView read(byte[] record) throws MalformedRecordException {
    return read(record, 0, record.length);
  }

  /**
   * Reads {@code record}, unless it is larger than {@code maxBytes}.
   *
   * @param record one whole record; viewed, so it must not change while the result is in use
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record, or too
   *     many
   */
  public static DataRecordView read(byte[] record, int maxBytes) throws MalformedRecordException {
    if (record.length > maxBytes) {
      throw MalformedRecordException.tooLarge(record.length, maxBytes);
    }
    return read(record);
  }

  /**
   * Reads {@code length} bytes of {@code bytes} from index {@code offset}.
   *
   * @param bytes viewed, so they must not change while the result is in use
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record; its
   *     offset counts from the record's start
   * @throws IndexOutOfBoundsException if the record is outside the array
   */
  public static DataRecordView read(byte[] bytes, int offset, int length)
      throws MalformedRecordException {
    try {
      return new DataRecordView(RecordIndex.of(bytes, offset, length));
    } catch (MalformedThriftException e) {
      throw MalformedRecordException.of(e, offset);
    }
  }

  /**
   * Reads the remaining bytes of {@code record}, whose position does not move.
   *
   * @param record viewed, so it must not change while the result is in use; copied if no array of
   *     its is to be had (direct and read-only buffers)
   * @throws MalformedRecordException if the bytes are not exactly one well-formed record; its
   *     offset counts from the buffer's position
   */
  public static DataRecordView read(ByteBuffer record) throws MalformedRecordException {
    if (record.hasArray()) {
      return read(record.array(), record.arrayOffset() + record.position(), record.remaining());
    }
    byte[] copy = new byte[record.remaining()];
    record.get(record.position(), copy);
    return read(copy);
  }

  private DataRecordReader() {}
}
