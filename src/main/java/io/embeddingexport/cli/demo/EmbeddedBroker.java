package io.embeddingexport.cli.demo;

import java.io.IOException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker (KRaft, one node) in this process. Its data is deleted when it is closed. */
final class EmbeddedBroker implements AutoCloseable {
  private final BrokerDirectory directory;
  private final KafkaRaftServer server;

  private EmbeddedBroker(BrokerDirectory directory, KafkaRaftServer server) {
    this.directory = directory;
    this.server = server;
  }

  /** Starts a broker and returns when it serves clients. */
  static EmbeddedBroker start() throws IOException {
    BrokerDirectory directory = BrokerDirectory.create();
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(directory.load(), false), Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(directory, server);
  }

  String bootstrapServers() {
    return directory.bootstrapServers();
  }

  /** Stops the broker and deletes its data. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    directory.delete();
  }
}
