package io.embeddingexport.event;

/** Signals inside the JSON decoder that the text is not an event. It has no stack trace. */
final class BadJsonEventException extends Exception {
  private static final long serialVersionUID = 1L;

  BadJsonEventException(String detail) {
    super(detail, null, false, false);
  }
}
