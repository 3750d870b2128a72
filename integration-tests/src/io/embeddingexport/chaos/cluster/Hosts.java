package io.embeddingexport.chaos.cluster;

import java.util.List;

/** Makes hosts. */
interface Hosts extends AutoCloseable {
  /** The next one. */
  Host create(String name);

  @Override
  void close();

  /** All processes on loopback, told apart by their ports. */
  static Hosts onLoopback() {
    return new Hosts() {
      private int hosts;

      @Override
      public Host create(String name) {
        return new Host(++hosts, "127.0.0.1", List.of());
      }

      @Override
      public void close() {}
    };
  }
}
