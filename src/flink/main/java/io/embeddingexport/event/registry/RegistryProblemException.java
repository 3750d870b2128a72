package io.embeddingexport.event.registry;

/** A registry did not answer a question; it is worth asking again. */
final class RegistryProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  RegistryProblemException(String message) {
    super(message);
  }
}
