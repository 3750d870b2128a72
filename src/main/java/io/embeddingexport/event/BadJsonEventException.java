package io.embeddingexport.event;

/** Says, inside the JSON decoder, that the text is no event. Costs no stack trace. */
final class BadJsonEventException extends Exception {
  private static final long serialVersionUID = 1L;

  BadJsonEventException(String detail) {
    super(detail, null, false, false);
  }
}
