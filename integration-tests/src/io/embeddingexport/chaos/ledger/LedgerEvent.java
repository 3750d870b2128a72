package io.embeddingexport.chaos.ledger;

import io.embeddingexport.audit.Expected;
import io.embeddingexport.audit.LedgerEntry;
import java.nio.ByteBuffer;

/**
 * One input.
 *
 * @param sequence its number
 * @param modelNumber number of its model
 * @param entity number of its entity, which its key names
 * @param value null for a tombstone
 * @param vector the bytes of its vector, little-endian, which its record must hold; empty where
 *     there is none
 */
public record LedgerEvent(
    long sequence,
    LedgerKind kind,
    int modelNumber,
    int entity,
    byte[] key,
    byte[] value,
    byte[] vector)
    implements LedgerEntry {

  @Override
  public String model() {
    return LedgerConfig.name(modelNumber);
  }

  @Override
  public int keyNumber() {
    return entity;
  }

  @Override
  public Expected expected(long version, String reason) {
    return switch (kind) {
      case EVENT -> new Expected.Record(version, record(version));
      case TOMBSTONE -> new Expected.Tombstone();
      default -> new Expected.Letter(kind.reason());
    };
  }

  /**
   * Its record, by hand.
   *
   * <pre>
   * 0D 0008 0A 0C i32 1  i64 key
   *   0C 0001  08 0001 i32 0  0B 0002 i32 len bytes  0F 0003 0A i32 1 i64 dims  00 00
   * 00
   * </pre>
   */
  private byte[] record(long version) {
    ByteBuffer out = ByteBuffer.allocate(53 + vector.length);
    out.put((byte) 0x0D).putShort((short) 8).put((byte) 0x0A).put((byte) 0x0C).putInt(1);
    out.putLong(LedgerConfig.key(modelNumber, version));
    out.put((byte) 0x0C).putShort((short) 1);
    out.put((byte) 0x08).putShort((short) 1).putInt(0);
    out.put((byte) 0x0B).putShort((short) 2).putInt(vector.length).put(vector);
    out.put((byte) 0x0F).putShort((short) 3).put((byte) 0x0A).putInt(1);
    out.putLong(vector.length / Float.BYTES);
    return out.put((byte) 0).put((byte) 0).put((byte) 0).array();
  }

  @Override
  public String toString() {
    return "input " + sequence + " (" + kind + ", entity " + entity + ")";
  }
}
