package io.embeddingexport.datarecord.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Internal. A record whose values are zeros: what each record of a template is made from. It begins
 * with the discrete features, if there are any. Immutable and thread-safe.
 */
public final class RecordImage {
  /** Bytes of a map field before its entries. */
  public static final int MAP_FIELD_HEADER = 3 + 6;

  private final byte[] bytes;
  private final int discreteFeatures;

  /**
   * @param bytes the record, which is not copied
   * @param discreteFeatures their number
   */
  public RecordImage(byte[] bytes, int discreteFeatures) {
    this.bytes = bytes;
    this.discreteFeatures = discreteFeatures;
  }

  /** Must not be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The image with these values; the contents are zeros. */
  public byte[] newRecord(long[] discreteValues) {
    return withValues(bytes.clone(), discreteValues);
  }

  /**
   * A record with one content, copied from the part of the event that has the content at the right
   * place. So most bytes are written once, and the image's zeros are not read: with many models
   * they would not be in the core's caches.
   *
   * @param at offset of the content in the event
   * @param inRecord offset of the content in the record
   * @param length in bytes
   * @return null if the event has too few bytes before or after the content
   */
  byte @Nullable [] newRecordAround(
      byte[] event, int at, int inRecord, int length, long[] discreteValues) {
    int begin = at - inRecord;
    if (begin < 0 || begin + bytes.length > event.length) {
      return null;
    }
    byte[] record = Arrays.copyOfRange(event, begin, begin + bytes.length);
    System.arraycopy(bytes, 0, record, 0, inRecord);
    int behind = inRecord + length;
    System.arraycopy(bytes, behind, record, behind, bytes.length - behind);
    return withValues(record, discreteValues);
  }

  private byte[] withValues(byte[] record, long[] discreteValues) {
    for (int i = 0; i < discreteFeatures; i++) {
      ThriftWriter.putI64(record, MAP_FIELD_HEADER + 16 * i + 8, discreteValues[i]);
    }
    return record;
  }
}
