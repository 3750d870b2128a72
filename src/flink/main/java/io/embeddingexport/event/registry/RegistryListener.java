package io.embeddingexport.event.registry;

/** Learns what a registry is asked. Called by the thread that decodes. */
public interface RegistryListener {
  /** Ignores everything. */
  RegistryListener NONE =
      new RegistryListener() {
        @Override
        public void answered() {}

        @Override
        public void failed(String problem) {}

        @Override
        public void waited(long millis) {}
      };

  /** The registry answered a question: with a schema, or that it has none. */
  void answered();

  /**
   * The registry did not answer. It is asked again until the timeout.
   *
   * @param problem one sentence: the address, what happened, and what to do
   */
  void failed(String problem);

  /** Time in ms that an event waited for its schema. */
  void waited(long millis);
}
