package io.embeddingexport.event;

import org.jspecify.annotations.Nullable;

/** Recognises bytes that are not what a decoder reads, by how they begin. */
public final class ForeignBytes {
  private static final int REGISTRY_PREFIX = 5;

  /** What bytes look like, and the setting to change; null if nothing is recognised. */
  public static @Nullable String hint(byte[] value) {
    if (value.length >= 2 && value[0] == 0x1f && value[1] == (byte) 0x8b) {
      return "it looks like gzip: have the producer set Kafka's compression.type instead";
    }
    if (value.length > 0 && (value[0] == '{' || value[0] == '[')) {
      return "it looks like JSON: set input.format: json, or name a mapping";
    }
    if (value.length > REGISTRY_PREFIX && value[0] == 0) {
      return "it begins like an event with a registry's schema id: name a mapping with"
          + " format: avro or protobuf and schema.registry";
    }
    // TBinaryProtocol: the first field of our struct is an i64 with id 1.
    return value.length > 3 && value[0] == 0x0a && value[1] == 0 && value[2] == 1
        ? "it looks like our Thrift struct: set input.format: thrift"
        : null;
  }

  private ForeignBytes() {}
}
