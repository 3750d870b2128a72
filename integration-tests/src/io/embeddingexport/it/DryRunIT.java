package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.consumer.DataRecordConsumer;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.flink.ThreadLeakCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code keys publish --dry-run} and {@code --canary} on a real broker. Version 1 is live. */
@ExtendWith({SharedBroker.class, ThreadLeakCheck.class})
class DryRunIT {
  private static final String V2 = "etc/samples/next/user.yaml";

  private final Kafka kafka;
  private final String events;
  private final String shadow;
  private Tool tool;

  DryRunIT(Kafka kafka) {
    this.kafka = kafka;
    this.events = kafka.createTopic("events", 2);
    this.shadow = kafka.createTopic("shadow", 1);
  }

  @BeforeEach
  void publishVersion1(@TempDir Path directory) {
    tool =
        new Tool(
            directory.resolve("job.yaml"),
            Map.of(
                "kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "key-config.topic",
                kafka.newName("configs"),
                "input.topic",
                events));
    assertThat(publish("--create", "etc/samples/keys").exitCode()).isZero();
    // The first message of the shadow topic is an event, which is no record.
    produce(shadow, 1);
  }

  @Test
  void aDryRunSaysWhatWouldBeRejectedAndPublishesNothing() {
    produce(events, 600);

    Tool.Result tried = publish("--dry-run", "--events", "600", V2);

    assertThat(tried.exitCode()).isEqualTo(3);
    assertThat(tried.out())
        .contains("dry run: nothing is published", "the last 600 inputs of " + events)
        .containsPattern("user: \\d+ events, rejected now: 0, rejected under version 2: [1-9]\\d*")
        .containsPattern("arity +0 +[1-9]")
        .containsPattern("key-config-version-superseded +0 +[1-9]")
        .containsPattern("[1-9]\\d* events that are exported now would be rejected")
        .containsPattern("of other models, or tombstones: [1-9]");
    assertThat(liveVersion()).contains("version: 1");
  }

  @Test
  void aDryRunOfWhatIsLiveEndsWithZero() {
    produce(events, 100);

    Tool.Result tried = publish("--dry-run", "etc/samples/keys");

    assertThat(tried.exitCode()).isZero();
    assertThat(tried.out()).contains("nothing to try: all are live");
  }

  @Test
  void aShadowTopicGetsTheRecordsThatTheEventsWouldBecome() {
    produce(events, 600);

    Tool.Result tried = publish("--dry-run", "--events", "600", "--shadow-topic", shadow, V2);

    assertThat(origins(written(tried)))
        .allSatisfy(
            origin -> {
              assertThat(origin.model()).isEqualTo("user");
              assertThat(origin.keyConfigVersion()).isEqualTo(2);
              assertThat(origin.topic()).isEqualTo(events);
            });
  }

  @Test
  void aShadowTopicIsNoTopicOfTheJob() {
    assertThat(publish("--dry-run", "--shadow-topic", events, V2).err())
        .contains("the job reads or writes it; name another");
  }

  @Test
  void aCanaryTriesAShareOfWhatComesAndPublishesNothing() throws Exception {
    produce(events, 100);
    Map<Integer, Long> before =
        kafka.committed(events).stream()
            .collect(Collectors.groupingBy(ConsumerRecord::partition, Collectors.counting()));

    Tool.Result tried =
        whileEventsCome(
            "--canary", "50%", "--events", "300", "--for", "10min", "--shadow-topic", shadow, V2);

    assertThat(tried.exitCode()).as(tried.err()).isEqualTo(3);
    assertThat(tried.out())
        .contains(
            "canary: nothing is published; 50% of the inputs of "
                + events
                + " are tried for 10 min",
            "300 inputs, 50% of what came to " + events + ":")
        .containsPattern("user: [1-9]\\d* events, rejected now: 0, rejected under version 2: [1-9]")
        .containsPattern("[1-9]\\d* events that are exported now would be rejected");
    assertThat(liveVersion()).contains("version: 1");
    assertThat(origins(written(tried)))
        .allSatisfy(
            origin -> {
              assertThat(origin.keyConfigVersion()).isEqualTo(2);
              assertThat(origin.offset()).isGreaterThanOrEqualTo(before.get(origin.partition()));
            });
  }

  @Test
  void aCanaryWithoutEventsEndsWithItsTimeAndIsNoSuccess() {
    produce(events, 10);

    Tool.Result tried = publish("--canary", "100%", "--for", "1s", V2);

    assertThat(tried.exitCode()).as(tried.err()).isEqualTo(4);
    assertThat(tried.out()).contains("0 inputs, 100% of what came to " + events + ":");
    assertThat(tried.err())
        .contains("model 'user': no event of it was tried, so nothing is known of version 2");
  }

  private Tool.Result whileEventsCome(String... publish) throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Tool.Result> result = executor.submit(() -> publish(publish));
      await()
          .atMost(Kafka.PATIENCE)
          .pollInSameThread()
          .until(
              () -> {
                produce(events, 100);
                return result.isDone();
              });
      return result.get();
    } finally {
      executor.shutdown();
    }
  }

  private Tool.Result publish(String... arguments) {
    List<String> words = new ArrayList<>(List.of("keys", "publish"));
    words.addAll(Arrays.asList(arguments));
    return tool.run(words.toArray(String[]::new));
  }

  private String liveVersion() {
    return tool.run("keys", "show", "user").out();
  }

  private void produce(String topic, int count) {
    Tool.Result produced =
        tool.run("produce", "--topic", topic, "--count", Integer.toString(count), "--seed", "7");
    assertThat(produced.exitCode()).as(produced.err()).isZero();
  }

  /** The number of records that a dry run says it has written. */
  private int written(Tool.Result dryRun) {
    Matcher records =
        Pattern.compile("written to topic " + shadow + ": ([1-9]\\d*) records")
            .matcher(dryRun.out());
    assertThat(records.find()).as(dryRun.out() + dryRun.err()).isTrue();
    return Integer.parseInt(records.group(1));
  }

  /** The origins of so many records of the shadow topic. */
  private List<Origin> origins(int count) {
    List<Origin> origins = new ArrayList<>();
    Map<String, Object> properties =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", shadow);
    try (DataRecordConsumer consumer =
        DataRecordConsumer.subscribe(properties, List.of(shadow)).onMalformed(event -> {})) {
      await()
          .atMost(Kafka.PATIENCE)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(record -> origins.add(Origin.of(record.headers())));
                return origins.size() >= count;
              });
    }
    assertThat(origins).hasSize(count);
    return origins;
  }
}
