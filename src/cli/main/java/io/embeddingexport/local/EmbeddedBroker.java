package io.embeddingexport.local;

import java.io.IOException;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker (KRaft, one node) in this process. */
public final class EmbeddedBroker implements AutoCloseable {
  private final BrokerDirectory directory;
  private final KafkaRaftServer server;

  private EmbeddedBroker(BrokerDirectory directory, KafkaRaftServer server) {
    this.directory = directory;
    this.server = server;
  }

  /**
   * Starts a broker and returns when it serves clients.
   *
   * @param path of its data: an empty or missing directory
   */
  public static EmbeddedBroker start(Path path) throws IOException {
    return start(BrokerDirectory.create(path));
  }

  /** Same as {@link #start(Path)}, with its listener on {@code port}, which must be free. */
  public static EmbeddedBroker start(Path path, int port) throws IOException {
    return start(BrokerDirectory.create(path, port));
  }

  private static EmbeddedBroker start(BrokerDirectory directory) throws IOException {
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(directory.load(), false), Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(directory, server);
  }

  public String bootstrapServers() {
    return directory.bootstrapServers();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
