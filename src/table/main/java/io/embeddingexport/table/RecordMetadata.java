package io.embeddingexport.table;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** The metadata columns of the format. */
enum RecordMetadata {
  /** Why the message is no record, or does not fit; NULL if all is well. */
  ERROR("error", DataTypes.STRING().nullable()),
  /** The message itself. */
  RECORD("record", DataTypes.BYTES().notNull());

  private final String key;
  private final DataType type;

  RecordMetadata(String key, DataType type) {
    this.key = key;
    this.type = type;
  }

  /** The name in {@code METADATA FROM}; Kafka's tables put {@code value.} before it. */
  String key() {
    return key;
  }

  DataType type() {
    return type;
  }

  static RecordMetadata ofKey(String key) {
    for (RecordMetadata metadata : values()) {
      if (metadata.key.equals(key)) {
        return metadata;
      }
    }
    throw new IllegalArgumentException("the format has no metadata '" + key + "'");
  }
}
