package io.embeddingexport.event;

/** Decodes an event from any bytes. Implementations are not thread-safe. */
public interface EventDecoder {

  /**
   * Decodes one event. Never throws because of the bytes, and allocates at most a constant times
   * their length.
   *
   * @param bytes the whole of one event; a returned {@link Event} may keep and view them
   * @param models models whose tensors may be passed through undecoded
   */
  DecodeResult decode(byte[] bytes, KnownModels models);

  /** Decodes one event and all its tensors. */
  default DecodeResult decode(byte[] bytes) {
    return decode(bytes, KnownModels.NONE);
  }
}
