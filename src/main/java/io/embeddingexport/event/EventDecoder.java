package io.embeddingexport.event;

/**
 * Turns an event's bytes into the event, whatever the bytes are. Implementations are not
 * thread-safe.
 */
public interface EventDecoder {

  /**
   * Decodes one event. Never throws for what the bytes hold, and allocates no more than a constant
   * times their length.
   *
   * @param bytes the whole of one event; a returned {@link Event} may keep and view them
   * @param models those whose tensors may be passed through undecoded
   */
  DecodeResult decode(byte[] bytes, KnownModels models);

  /** Decodes one event, and all of its tensors. */
  default DecodeResult decode(byte[] bytes) {
    return decode(bytes, KnownModels.NONE);
  }
}
