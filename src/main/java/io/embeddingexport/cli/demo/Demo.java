package io.embeddingexport.cli.demo;

import io.embeddingexport.cli.demo.ExportCheck.Topics;
import io.embeddingexport.local.EmbeddedBroker;
import io.embeddingexport.local.FlinkCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.common.JobID;

/** One demonstration, from start to verdict. Everything it starts runs until it is closed. */
final class Demo implements AutoCloseable {
  private static final int PARTITIONS = 4;
  private static final int UI_PORT = 8081;

  private final DemoSettings settings;
  private final Path directory;
  private final DemoConsole screen;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private String servers = "";
  private String webUi = "";

  /**
   * @param directory for the files of this run
   */
  Demo(DemoSettings settings, Path directory, DemoConsole screen) {
    this.settings = settings;
    this.directory = directory;
    this.screen = screen;
  }

  /** Runs to the verdict. The job continues if the demo is kept. */
  DemoResult run() throws Exception {
    EmbeddedBroker broker = start(EmbeddedBroker.start(directory.resolve("broker")));
    servers = broker.bootstrapServers();
    screen.step("Kafka", servers + ", a KRaft broker in this process");

    FlinkCluster cluster =
        start(FlinkCluster.start(settings.parallelism(), 1, settings.ui() ? uiPort() : 0));
    webUi = cluster.restAddress().toString();
    screen.step(
        "Flink",
        "%d TaskManagers in this process%s"
            .formatted(settings.parallelism(), settings.ui() ? ", " + webUi : ""));

    BrokerView view = start(new BrokerView(servers));
    Topics outputs = DemoJob.OUTPUT_TOPICS;
    view.createTopics(PARTITIONS, DemoJob.INPUT_TOPIC, outputs.records(), outputs.deadLetters());
    view.createCompactedTopic(DemoJob.KEY_CONFIG_TOPIC);
    List<DemoModel> models = DemoJob.models();
    KeyConfigPublisher publisher = publish(models);
    DemoJob job = DemoJob.create(directory, servers, settings.parallelism());
    JobID id = cluster.submit(job.environment(), DemoJob.NAME, null);
    screen.step(
        "Job",
        "%s → %s, %s".formatted(DemoJob.INPUT_TOPIC, outputs.records(), outputs.deadLetters()));
    screen.line("");

    DemoEvents events = events(models);
    InputPlaces sources = new InputPlaces(DemoJob.INPUT_TOPIC, events.count());
    ExportCheck check = new ExportCheck(events, sources, outputs);
    List<String> outputTopics = List.of(outputs.records(), outputs.deadLetters());
    LiveChange change =
        start(
            new LiveChange(
                models.get(0),
                events.changeAt(),
                publisher,
                (model, version) -> FirstRecord.on(servers, outputs.records(), model, version),
                screen));
    EventFeed feed = start(new EventFeed(servers, events, sources, change));
    ExampleRecord example = new ExampleRecord();
    OutputReader reader =
        start(
            new OutputReader(
                servers,
                outputTopics,
                message -> {
                  check.accept(message);
                  change.take(message);
                  example.offer(message, message.topic().equals(outputs.records()));
                }));
    ExportRun.End end =
        new ExportRun(feed, reader, check, change, cluster, id, settings.count(), screen).run();
    feed.close();
    if (!settings.keep()) {
      cluster.stopWithSavepoint(id, directory.resolve("savepoint"));
    }
    // Any message after the last expected one would be a duplicate.
    view.awaitDecided(outputTopics);
    reader.readToEnd();
    return new DemoResult(
        settings.count(),
        check.verdict(),
        change.result(),
        end.job().restarts(),
        end.job().checkpoints(),
        end.millis(),
        example.lines());
  }

  private KeyConfigPublisher publish(List<DemoModel> models) throws Exception {
    KeyConfigPublisher publisher = start(KeyConfigPublisher.to(servers, DemoJob.KEY_CONFIG_TOPIC));
    for (DemoModel model : models) {
      publisher.publish(model.first());
    }
    screen.step(
        "Key configs",
        "%s, on topic %s"
            .formatted(
                String.join(", ", models.stream().map(DemoModel::name).toList()),
                DemoJob.KEY_CONFIG_TOPIC));
    return publisher;
  }

  /** Prints where the processes that are still running can be found. */
  void announce() {
    screen.line("");
    screen.step("still running", "Ctrl-C ends it");
    screen.step("Kafka", servers);
    screen.step("Flink", webUi);
    screen.step("options", directory.resolve("embedding-export.yaml").toString());
    screen.step(
        "try",
        "bin/embedding-export peek %s --bootstrap-servers %s"
            .formatted(DemoJob.OUTPUT_TOPICS.records(), servers));
  }

  private DemoEvents events(List<DemoModel> models) {
    long firstTimestamp = System.currentTimeMillis() - settings.count();
    return new DemoEvents(settings.seed(), settings.count(), firstTimestamp, models);
  }

  private static int uiPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(UI_PORT, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }

  private <T extends AutoCloseable> T start(T part) {
    started.push(part);
    return part;
  }

  /** Stops everything that was started, last first. */
  @Override
  public void close() throws Exception {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }
}
