package io.embeddingexport.event.registry;

/**
 * A registry has not answered within the timeout. It is not the event's fault: the job fails,
 * restarts, and reads the event again.
 */
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message) {
    super(message);
  }
}
