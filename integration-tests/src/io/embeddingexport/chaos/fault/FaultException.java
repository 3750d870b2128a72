package io.embeddingexport.chaos.fault;

/** The system did something else than what a fault calls for. */
public final class FaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FaultException(String message) {
    super(message);
  }
}
