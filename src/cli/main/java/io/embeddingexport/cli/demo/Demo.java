package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.cli.samples.SampleKeyConfigs;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.local.EmbeddedBroker;
import io.embeddingexport.local.FlinkCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** One demonstration, from start to verdict. Everything it starts runs until it is closed. */
final class Demo implements AutoCloseable {
  private static final int PARTITIONS = 4;
  private static final int UI_PORT = 8081;
  private static final List<String> RECORDS = List.of(DemoJob.RECORDS);

  private final Settings settings;
  private final Path directory;
  private final DemoConsole screen;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private String servers = "";
  private DemoClients clients = new DemoClients("");
  private String webUi = "";

  /**
   * What a person asks for.
   *
   * @param count number of events to send
   * @param ui whether to serve Flink's web UI on its usual port
   * @param keep whether to leave broker, cluster and job running at the end
   */
  record Settings(int count, long seed, int parallelism, boolean ui, boolean keep) {

    /** Temporary disk space of a run: the events and their records, 600 bytes each. */
    long diskBytes() {
      return count * 1500L + (300L << 20);
    }
  }

  /**
   * @param directory for the files of this run
   */
  Demo(Settings settings, Path directory, DemoConsole screen) {
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

    clients = new DemoClients(servers);
    createTopics();
    List<KeyConfig> samples = SampleKeyConfigs.all();
    DemoKeyConfigChange next = new DemoKeyConfigChange(samples.get(0), SampleKeyConfigs.nextUser());
    DemoEvents events =
        new DemoEvents(
            settings.seed(),
            settings.count(),
            System.currentTimeMillis() - settings.count(),
            next,
            samples.subList(1, samples.size()));
    ExportChecker checker = new ExportChecker(DemoJob.plan(events, PARTITIONS));
    Producer<byte[], byte[]> keyConfigs = start(clients.producer("demo-key-configs"));
    checker.published(next.model(), next.to().version());
    for (KeyConfig config : samples) {
      checker.published(config.model(), config.version());
      publish(config, keyConfigs);
    }
    screen.step(
        "Key configs",
        "%s, on topic %s"
            .formatted(
                String.join(", ", samples.stream().map(KeyConfig::model).toList()),
                DemoJob.KEY_CONFIG_TOPIC));
    JobID id =
        cluster.submit(
            DemoJob.define(directory, servers, settings.parallelism()), DemoJob.NAME, null);
    screen.step(
        "Job", "%s → %s, %s".formatted(DemoJob.INPUT_TOPIC, DemoJob.RECORDS, DemoJob.DEAD_LETTERS));
    screen.line("");

    LiveChange change =
        start(
            new LiveChange(
                next,
                events.changeAt(),
                () -> publish(next.to(), keyConfigs),
                () -> clients.consumer("demo-first-record", "read_uncommitted", RECORDS),
                screen));
    EventFeed feed =
        start(new EventFeed(clients.producer("demo-feed"), DemoJob.INPUT_TOPIC, events, change));
    ExportRun run = start(new ExportRun(clients, feed, checker, change, cluster, id, screen));
    ExportRun.End end = run.run(settings.count());
    feed.close();
    if (!settings.keep()) {
      cluster.stopWithSavepoint(id, directory.resolve("savepoint"));
    }
    // Any message after the last expected one would be a duplicate.
    run.readToEnd();
    feed.tell(checker);
    return new DemoResult(
        settings,
        events.expected(),
        checker.finish(),
        next,
        events.changeAt(),
        change.millisToFirst(),
        end.job().restarts(),
        end.job().checkpoints(),
        end.millis(),
        run.example().lines());
  }

  /** Their messages are kept, whatever the timestamp. */
  private void createTopics() throws ExecutionException, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : List.of(DemoJob.INPUT_TOPIC, DemoJob.RECORDS, DemoJob.DEAD_LETTERS)) {
      topics.add(new NewTopic(name, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1")));
    }
    topics.add(
        new NewTopic(DemoJob.KEY_CONFIG_TOPIC, 1, (short) 1)
            .configs(Map.of("cleanup.policy", "compact")));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopics.create(admin, topics);
    }
  }

  /** As {@code keys publish} does: the model is the key. Returns when the broker has it. */
  private static RecordMetadata publish(KeyConfig config, Producer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    byte[] key = config.model().getBytes(UTF_8);
    byte[] value = KeyConfigJson.write(config).getBytes(UTF_8);
    return producer.send(new ProducerRecord<>(DemoJob.KEY_CONFIG_TOPIC, key, value)).get();
  }

  /** Prints where the processes that are still running can be found. */
  void announce() {
    screen.line("");
    screen.step("still running", "Ctrl-C ends it");
    screen.step("Kafka", servers);
    screen.step("Flink", webUi);
    screen.step("options", DemoJob.optionsFile(directory).toString());
    screen.step(
        "try",
        "bin/embedding-export peek %s --bootstrap-servers %s".formatted(DemoJob.RECORDS, servers));
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
    IOUtils.closeAll(started);
    started.clear();
  }
}
