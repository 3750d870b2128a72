package io.embeddingexport.event.registry;

/** A registry has no schema of an id. It has no stack trace. */
public final class UnknownSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownSchemaException(String message) {
    super(message, null, false, false);
  }
}
