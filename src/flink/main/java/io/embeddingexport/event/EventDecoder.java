package io.embeddingexport.event;

/** Decodes the events of messages. Implementations are not thread-safe. */
public interface EventDecoder {

  /**
   * Decodes one message. Never throws because of its bytes, and allocates at most a constant times
   * their length.
   *
   * @param message with a value; the result may keep and view its bytes
   * @param models models whose tensors may be passed through undecoded
   * @return valid until the next call
   */
  DecodeResult decode(EventMessage message, KnownModels models);

  /**
   * Whether a value begins as events of this format do. If it does not, {@link ForeignBytes} may
   * know what it is.
   */
  default boolean isNative(byte[] value) {
    return true;
  }

  /** Decodes a message that is a value alone, and all its tensors. */
  default DecodeResult decode(byte[] value) {
    return decode(EventMessage.of(value), KnownModels.NONE);
  }
}
