package io.embeddingexport.event;

import org.apache.flink.annotation.PublicEvolving;

/** The encodings of events. */
@PublicEvolving
public enum EventFormat {
  /** {@code EmbeddingEvent} of {@code thrift/embedding_event.thrift} in TBinaryProtocol. */
  THRIFT,
  /** One JSON object, UTF-8; {@code docs/events.md} describes its form. */
  JSON
}
