package io.embeddingexport.export;

/** The policy for an event whose key-config version has not arrived yet. */
@FunctionalInterface
public interface MissingVersionPolicy {
  /** Does nothing, so the event is rejected at once. */
  MissingVersionPolicy REJECT = (model, version) -> {};

  /** May wait for the version and put it in force. The event is then checked once more. */
  void await(String model, long version);
}
