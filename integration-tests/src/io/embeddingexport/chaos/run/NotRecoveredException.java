package io.embeddingexport.chaos.run;

/** The job does not work again, and the run cannot go on. */
final class NotRecoveredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotRecoveredException(String message) {
    super(message);
  }
}
