package io.embeddingexport.export;

/** The policy for an event whose key-config version has not arrived yet. */
@FunctionalInterface
public interface MissingVersionPolicy {
  /** Does nothing, so that the event is rejected at once. */
  MissingVersionPolicy REJECT = (model, version) -> {};

  /** May wait for the version, and put it in force. After it the event is looked at once more. */
  void await(String model, long version);
}
