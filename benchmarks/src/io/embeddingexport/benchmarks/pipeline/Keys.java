package io.embeddingexport.benchmarks.pipeline;

import java.nio.ByteBuffer;

/** Kafka keys of the events: 8 bytes, as of an entity id. */
final class Keys {
  static byte[] of(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private Keys() {}
}
