package io.embeddingexport.chaos.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers that are controllers too. Everything has three replicas, two of them in sync. Each
 * has two listeners for clients: one for those who may do everything, without a login, and one for
 * the job, whose user must log in and have permissions.
 */
final class BrokerCluster {
  private static final int COUNT = 3;

  private final List<Broker> brokers = new ArrayList<>();
  private final List<ProcessNode> nodes = new ArrayList<>();

  private record Broker(int id, String address, int everything, int job, int controller) {}

  BrokerCluster(Path home, Hosts hosts, Ports ports, JavaCommand java) throws IOException {
    List<Host> places = new ArrayList<>();
    for (int id = 1; id <= COUNT; id++) {
      Host host = hosts.create("broker-" + id);
      places.add(host);
      brokers.add(new Broker(id, host.address(), ports.next(), ports.next(), ports.next()));
    }
    String clusterId = Uuid.randomUuid().toString();
    for (Broker broker : brokers) {
      Path directory = Files.createDirectories(home.resolve("broker-" + broker.id()));
      Path config = directory.resolve("server.properties");
      try (Writer out = Files.newBufferedWriter(config)) {
        properties(broker, directory).store(out, null);
      }
      format(clusterId, config);
      nodes.add(
          new ProcessNode(
              "broker-" + broker.id(),
              Role.BROKER,
              places.get(broker.id() - 1),
              directory,
              java.launch("-Xmx320m", "broker-log4j2.properties", "kafka.Kafka", config.toString()),
              printed -> isRegistered(broker)));
    }
  }

  List<ProcessNode> nodes() {
    return List.copyOf(nodes);
  }

  /** Client properties of a user who may do everything. */
  Map<String, Object> clientProperties() {
    return Map.of(
        "bootstrap.servers",
        brokers.stream()
            .map(broker -> broker.address() + ":" + broker.everything())
            .collect(Collectors.joining(",")));
  }

  /** Client properties of the job's user. */
  Map<String, String> jobProperties() {
    Map<String, String> properties = new HashMap<>();
    properties.put(
        "bootstrap.servers",
        brokers.stream()
            .map(broker -> broker.address() + ":" + broker.job())
            .collect(Collectors.joining(",")));
    properties.put("security.protocol", "SASL_PLAINTEXT");
    properties.put("sasl.mechanism", "PLAIN");
    properties.put("sasl.jaas.config", login() + ";");
    return properties;
  }

  private static String login() {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required"
        + " username=\"job\" password=\"job-secret\"";
  }

  private Properties properties(Broker broker, Path directory) {
    Properties config = new Properties();
    config.put("process.roles", "broker,controller");
    config.put("node.id", Integer.toString(broker.id()));
    config.put("controller.listener.names", "CONTROLLER");
    config.put(
        "controller.quorum.voters",
        brokers.stream()
            .map(each -> each.id() + "@" + each.address() + ":" + each.controller())
            .collect(Collectors.joining(",")));
    config.put(
        "listeners",
        "PLAINTEXT://%1$s:%2$d,SASL_PLAINTEXT://%1$s:%3$d,CONTROLLER://%1$s:%4$d"
            .formatted(broker.address(), broker.everything(), broker.job(), broker.controller()));
    config.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT");
    config.put("inter.broker.listener.name", "PLAINTEXT");
    config.put("sasl.enabled.mechanisms", "PLAIN");
    config.put(
        "listener.name.sasl_plaintext.plain.sasl.jaas.config",
        login() + " user_job=\"job-secret\";");
    config.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    config.put("super.users", "User:ANONYMOUS");
    config.put("log.dirs", directory.resolve("data").toString());
    config.put("auto.create.topics.enable", "false");
    config.put("default.replication.factor", "3");
    config.put("min.insync.replicas", "2");
    for (String log : List.of("offsets.topic", "transaction.state.log")) {
      config.put(log + ".replication.factor", "3");
      config.put(log + ".num.partitions", "6");
    }
    config.put("transaction.state.log.min.isr", "2");
    // A test's transactions expire in a minute; the stock broker looks every ten seconds.
    config.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    config.put("group.initial.rebalance.delay.ms", "0");
    // Ten JVMs share two cores.
    config.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "4");
    config.put("background.threads", "2");
    return config;
  }

  private static void format(String clusterId, Path config) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int status =
        StorageTool.execute(
            new String[] {"format", "-t", clusterId, "-c", config.toString()},
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IOException(
          "formatting the storage of " + config + ": " + printed.toString(StandardCharsets.UTF_8));
    }
  }

  /** Controllers list a broker once it has caught up and takes requests. */
  private static boolean isRegistered(Broker broker) throws Exception {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            broker.address() + ":" + broker.everything(),
            "default.api.timeout.ms",
            5_000,
            "request.timeout.ms",
            5_000);
    if (!Ports.isListening(broker.address(), broker.everything())) {
      return false;
    }
    try (Admin admin = Admin.create(client)) {
      return admin.describeCluster().nodes().get().stream()
          .anyMatch(node -> node.id() == broker.id());
    }
  }
}
