package io.embeddingexport.event;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The Kafka key that an entity's records and tombstones have if their events have none. */
public final class EntityKey {

  /**
   * The name, or the id in 8 bytes, big-endian.
   *
   * @param name null: the entity has a number
   */
  public static byte[] of(long id, byte @Nullable [] name) {
    return name == null ? ByteBuffer.allocate(Long.BYTES).putLong(id).array() : name;
  }

  private EntityKey() {}
}
