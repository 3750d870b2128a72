package io.embeddingexport.event;

import org.apache.flink.annotation.PublicEvolving;

/** The encodings of events. */
@PublicEvolving
public enum EventFormat {
  /** {@code EmbeddingEvent} of {@code thrift/embedding_event.thrift} in TBinaryProtocol. */
  THRIFT,
  /** One JSON object, UTF-8: in our own form, or as a mapping says. */
  JSON,
  /** One Avro datum, as a mapping says. */
  AVRO,
  /** One Protobuf message, as a mapping says. */
  PROTOBUF,
  /**
   * The bytes of a tensor's elements and nothing else; a mapping says where the other parts are.
   */
  RAW
}
