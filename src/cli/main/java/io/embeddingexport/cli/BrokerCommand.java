package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.local.EmbeddedBroker;
import io.embeddingexport.local.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code broker}: starts a broker for trying the other commands. */
@Command(
    name = "broker",
    description = {
      "Run a Kafka broker here for trials, until Ctrl-C.",
      "It listens on loopback only and starts with the topics of etc/embedding-export.yaml. Its data"
          + " is deleted when it stops."
    })
public final class BrokerCommand implements Callable<Integer> {
  private static final int PARTITIONS = 2;

  /** The topics of {@code etc/embedding-export.yaml}; dead letters are larger than their inputs. */
  private static final List<NewTopic> TOPICS =
      List.of(
          new NewTopic("embedding-events", PARTITIONS, (short) 1),
          new NewTopic("data-records", PARTITIONS, (short) 1),
          new NewTopic("dead-letters", 1, (short) 1)
              .configs(Map.of("max.message.bytes", "2097152")));

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9092",
      description = "Port of its listener on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = {"-t", "--topic"},
      paramLabel = "TOPIC",
      split = ",",
      description = "Also create this topic. Repeatable, or comma-separated.")
  private List<String> more = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    requireFree();
    TemporaryDirectory directory = TemporaryDirectory.create("embedding-export-broker-");
    AtomicReference<EmbeddedBroker> started = new AtomicReference<>();
    // Before the start: Ctrl-C may come while the broker starts.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(started.get(), directory), "broker-stop"));
    EmbeddedBroker broker = EmbeddedBroker.start(directory.path().resolve("kafka"), port);
    started.set(broker);
    List<NewTopic> topics = new ArrayList<>(TOPICS);
    more.forEach(name -> topics.add(new NewTopic(name, PARTITIONS, (short) 1)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopics.create(admin, topics);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "A broker listens on %s, with the topics %s. Ctrl-C stops it.%n",
        broker.bootstrapServers(), String.join(", ", topics.stream().map(NewTopic::name).toList()));
    out.flush();
    // The shutdown hook ends the process.
    new CountDownLatch(1).await();
    return 0;
  }

  private void requireFree() throws IOException {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new IOException(
          "port %d of 127.0.0.1 is taken (%s): choose another with --port"
              .formatted(port, e.getMessage()));
    }
  }

  private static void stop(@Nullable EmbeddedBroker broker, TemporaryDirectory directory) {
    if (broker != null) {
      broker.close();
    }
    directory.delete();
  }
}
