package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.local.FlinkCluster;
import io.embeddingexport.local.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/metrics.md names is what Flink's reporters serve and send. */
@ExtendWith(SharedBroker.class)
class MetricReportersIT {
  private static final Path PAGE = Path.of("docs/metrics.md");
  private static final String OPERATOR = "flink.taskmanager.job.task.operator.";

  /** A metric, and the labels that a query asks for. */
  private static final Pattern SELECTOR =
      Pattern.compile("(flink_[A-Za-z0-9_]+)(?:\\{([^}]*)\\})?");

  private static final Pattern LABEL = Pattern.compile("[a-z_]+=\"[^\"]*\"");

  private final Kafka kafka;
  @TempDir private Path directory;

  MetricReportersIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void everyMetricAndEveryQueryOfThePageIsOnThePageThatPrometheusScrapes() throws Exception {
    String page = Files.readString(PAGE);
    int port = FreePort.find();
    Configuration reporter = reporter("prom");
    reporter.setString("metrics.reporter.prom.port", Integer.toString(port));
    try (FlinkCluster cluster = FlinkCluster.start(1, 1, reporter, null)) {
      JobID job = start(cluster);
      List<String> wanted = new ArrayList<>();
      namesOf(page).forEach(name -> wanted.add(name.replace('.', '_')));
      List<String> selectors = selectorsOf(page);
      assertThat(selectors).hasSizeGreaterThan(4);
      wanted.addAll(selectors);

      Awaitility.await("what the page names, on the page that Prometheus scrapes")
          .atMost(Kafka.PATIENCE)
          .untilAsserted(
              () -> {
                String served = scrape(port);
                assertThat(wanted).allSatisfy(one -> assertThat(isServed(one, served)).isTrue());
              });
      cluster.cancel(job);
    }
  }

  @Test
  void everyMetricOfThePageReachesAnOpenTelemetryReceiver() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Configuration reporter = reporter("otel");
      reporter.setString("metrics.reporter.otel.exporter.endpoint", receiver.endpoint());
      reporter.setString("metrics.reporter.otel.interval", "1 s");
      try (FlinkCluster cluster = FlinkCluster.start(1, 1, reporter, null)) {
        JobID job = start(cluster);
        TreeSet<String> wanted = namesOf(Files.readString(PAGE));
        Awaitility.await("what the page names, at the receiver")
            .atMost(Kafka.PATIENCE)
            .untilAsserted(() -> assertThat(receiver.names()).containsAll(wanted));
        assertThat(receiver.services()).containsExactly("embedding-export");
        assertThat(receiver.attributes(OPERATOR + "embeddingExport.reason.rejects"))
            .anySatisfy(
                attributes ->
                    assertThat(attributes)
                        .containsEntry("reason", "no-key-config")
                        .containsEntry("job_name", "embedding-export"));
        cluster.cancel(job);
      }
    }
  }

  /** A job with rejects for every label that the page names. */
  private JobID start(FlinkCluster cluster) throws Exception {
    String input = kafka.createTopic("events", 1);
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("two-tower.user", 1, 7));
    Map<String, String> options =
        ExportJob.options(
            kafka, input, kafka.createTopic("records", 1), kafka.createTopic("letters", 1), keys);
    options.put("flink.parallelism.default", "1");
    options.put("metrics.sample-every", "1");
    options.put(
        "key-config.topic", kafka.createTopic("configs", 1, Map.of("cleanup.policy", "compact")));
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      events.add(Events.message(input, "k", Events.event("two-tower.user", i, 1, 2)));
    }
    events.add(Events.message(input, "k", Events.event("two-tower.user", 1, 1, 2, 3)));
    events.add(Events.message(input, "k", Events.event("nobodys", 1, 1, 2)));
    kafka.send(events);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    ExportTopology.define(env, Configuration.fromMap(options));
    return cluster.submit(env, "embedding-export", null);
  }

  /** A reporter of flink-conf/config.yaml, which is off there. */
  private static Configuration reporter(String name) throws IOException {
    Configuration reporter = new Configuration();
    for (String line : Files.readAllLines(Path.of("flink-conf/config.yaml"))) {
      String option = line.replaceFirst("^#", "");
      if (option.startsWith("metrics.reporter." + name + ".")) {
        String[] parts = option.split(": ", 2);
        reporter.setString(parts[0], parts[1]);
      }
    }
    assertThat(reporter.keySet()).isNotEmpty();
    return reporter;
  }

  /** Flink's names of the metrics in the page's tables, without what becomes labels. */
  private static TreeSet<String> namesOf(String page) {
    TreeSet<String> names = new TreeSet<>();
    Pattern.compile("(?m)^\\| `([A-Za-z0-9.<>]+)` \\|")
        .matcher(page)
        .results()
        .map(row -> row.group(1))
        .map(name -> name.replaceAll("\\.(<[a-z]+>|other)", ""))
        .forEach(name -> names.add(OPERATOR + name));
    assertThat(names).hasSizeGreaterThan(15);
    return names;
  }

  private static List<String> selectorsOf(String page) {
    return Pattern.compile("(?ms)^```promql\n(.*?)^```$")
        .matcher(page)
        .results()
        .flatMap(block -> SELECTOR.matcher(block.group(1)).results())
        .map(MatchResult::group)
        .toList();
  }

  private static boolean isServed(String selector, String served) {
    var wanted = SELECTOR.matcher(selector);
    assertThat(wanted.matches()).as(selector).isTrue();
    String labels = wanted.group(2);
    List<String> all =
        labels == null
            ? List.of()
            : LABEL.matcher(labels).results().map(MatchResult::group).toList();
    return served
        .lines()
        .anyMatch(
            line ->
                line.startsWith(wanted.group(1) + "{") && all.stream().allMatch(line::contains));
  }

  private static String scrape(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }
}
