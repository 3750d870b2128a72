package io.embeddingexport.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * A directory with everything one KRaft broker needs: {@code server.properties} and formatted
 * storage. The broker is its own controller, listens on loopback only, and does not create topics
 * automatically.
 *
 * @param port of the clients' listener
 */
public record BrokerDirectory(Path path, int port) {

  /**
   * Fills a directory.
   *
   * @param path an empty or missing directory
   */
  public static BrokerDirectory create(Path path) throws IOException {
    return create(path, FreePort.find());
  }

  /** Same as {@link #create(Path)}, for a listener on {@code port}, which must be free. */
  static BrokerDirectory create(Path path, int port) throws IOException {
    BrokerDirectory directory = new BrokerDirectory(Files.createDirectories(path), port);
    int controllerPort = FreePort.find();
    while (controllerPort == port) {
      controllerPort = FreePort.find();
    }
    Properties config = directory.config(controllerPort);
    try (Writer out = Files.newBufferedWriter(directory.configFile())) {
      config.store(out, null);
    }
    directory.format();
    return directory;
  }

  /** {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public Path configFile() {
    return path.resolve("server.properties");
  }

  /** The contents of {@link #configFile()}. */
  Properties load() throws IOException {
    Properties config = new Properties();
    try (var in = Files.newBufferedReader(configFile())) {
      config.load(in);
    }
    return config;
  }

  private Properties config(int controllerPort) {
    Properties config = new Properties();
    config.put("process.roles", "broker,controller");
    config.put("node.id", "1");
    config.put("controller.listener.names", "CONTROLLER");
    config.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    config.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    config.put("log.dirs", path.resolve("data").toString());
    config.put("auto.create.topics.enable", "false");
    // With one node, there is nothing to replicate to.
    for (String log : List.of("offsets.topic", "transaction.state.log")) {
      config.put(log + ".replication.factor", "1");
      config.put(log + ".num.partitions", "1");
    }
    config.put("transaction.state.log.min.isr", "1");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    // Do not wait for missing group members, nor for other brokers at the end.
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("controlled.shutdown.enable", "false");
    // A small heap: the default is 128 MiB.
    config.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "4");
    config.put("background.threads", "2");
    return config;
  }

  private void format() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int status =
        StorageTool.execute(
            new String[] {
              "format", "-t", Uuid.randomUuid().toString(), "-c", configFile().toString()
            },
            new PrintStream(output, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IOException(
          "cannot format the broker's storage in "
              + path
              + ": "
              + output.toString(StandardCharsets.UTF_8).strip());
    }
  }
}
