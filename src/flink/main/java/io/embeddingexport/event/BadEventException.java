package io.embeddingexport.event;

/** Signals inside a decoder that the bytes are not an event. It has no stack trace. */
public final class BadEventException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail place and reason; nothing of the payload
   */
  public BadEventException(String detail) {
    super(detail, null, false, false);
  }
}
