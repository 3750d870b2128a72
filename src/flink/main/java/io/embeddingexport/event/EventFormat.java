package io.embeddingexport.event;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/** The encodings of events. */
@PublicEvolving
public enum EventFormat {
  /** {@code EmbeddingEvent} of {@code thrift/embedding_event.thrift} in TBinaryProtocol. */
  THRIFT,
  /** One JSON object, UTF-8; {@code docs/events.md} describes its form. */
  JSON;

  /** A decoder for one thread. */
  @Internal
  public EventDecoder newDecoder() {
    return switch (this) {
      case THRIFT -> new ThriftEventDecoder();
      case JSON -> new JsonEventDecoder();
    };
  }
}
