package io.embeddingexport.event;

/** The encodings of events. */
public enum EventFormat {
  /** {@code EmbeddingEvent} of {@code thrift/embedding_event.thrift} in TBinaryProtocol. */
  THRIFT,
  JSON;

  /** A decoder for one thread. */
  public EventDecoder newDecoder() {
    throw new UnsupportedOperationException("to come");
  }
}
