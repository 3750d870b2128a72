package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.cli.demo.FlinkCluster;
import io.embeddingexport.it.SoakStep.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Key configs change 200 times while events flow and what runs the job dies. {@code
 * -Dsoak.seed=NUMBER} plays it in another order.
 */
@ExtendWith(SharedBroker.class)
class LiveKeyConfigsIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private static final long SEED = Long.getLong("soak.seed", 20261124);
  private static final int EVENTS = 500_000;
  private static final int EVENTS_A_STEP = 2_480;

  /** How far what is sent runs ahead of what has come out, so that versions meet events. */
  private static final int AHEAD = 4 * EVENTS_A_STEP;

  private final Kafka kafka;
  private SoakTopics topics;

  LiveKeyConfigsIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTopics() {
    topics =
        new SoakTopics(
            kafka.createTopic("events", SoakEvent.PARTITIONS),
            kafka.createTopic("key-configs", 3, Map.of("cleanup.policy", "compact")),
            kafka.createTopic("records", 4),
            kafka.createTopic("own-records", 2),
            kafka.createTopic("letters", 2));
  }

  @Test
  void givenFaultsAndVersionsWhileEventsFlowThenEachComesOutOnceUnderAVersionThatNeverFalls(
      @TempDir Path directory) throws Exception {
    System.out.println("soak.seed=" + SEED);
    int waits = 0;
    try (FlinkCluster cluster = FlinkCluster.start(2, 1, 0);
        SoakTraffic traffic = new SoakTraffic(kafka, topics, EVENTS)) {
      SoakLedger ledger = new SoakLedger(topics, traffic, EVENTS);
      traffic.publishFirstVersions();
      try (CommittedReader reader = new CommittedReader(kafka, topics.outputs(), ledger::take);
          ExportJob job = ExportJob.start(cluster, options())) {
        int kills = 0;
        for (SoakStep step : SoakScript.of(SEED)) {
          boolean anyWaits = traffic.send(EVENTS_A_STEP, step.isNews() ? step.config() : null);
          if (anyWaits && step.awaitsWait()) {
            awaitAnInstanceThatWaits();
            waits++;
          }
          if (step.fault() == Fault.KILL_WHILE_WAITING) {
            cluster.replaceTaskManager(kills++);
          }
          traffic.publish(step.config());
          if (step.fault() == Fault.KILL) {
            cluster.replaceTaskManager(kills++);
          }
          if (step.fault() == Fault.KILL_BROKER) {
            kafka.broker().kill();
            kafka.broker().restart();
          }
          step.noise().forEach(traffic::say);
          reader.readUntil(
              "the outcomes of events sent before " + (traffic.sent() - AHEAD),
              () -> ledger.accounted() >= traffic.sent() - AHEAD);
        }
        traffic.sendRestForLastVersions();
        reader.readUntil(
            "the outcomes of all events and refused key configs",
            () -> ledger.accounted() >= EVENTS && ledger.refusals() >= traffic.refused().size());
        assertThat(job.progress().restarts()).isGreaterThanOrEqualTo(kills);
        assertThat(kills).isEqualTo(SoakScript.TASK_MANAGER_KILLS);
        job.stopWithSavepoint(directory);
        reader.readToEnd();
      }
      System.out.println(
          waits + " waits, " + ledger.seen().size() + " versions, " + ledger.outcomes());

      ledger.requireEachEventOnce();
      ledger.requireVersionsNeverFall();
      ledger.requireEachRefusedOnce();
      requireThatItHappened(ledger, waits);
    }
  }

  private static void requireThatItHappened(SoakLedger ledger, int waits) {
    assertThat(waits).as("times an instance was seen waiting").isGreaterThanOrEqualTo(20);
    assertThat(ledger.seen()).as("versions that records name").hasSizeGreaterThanOrEqualTo(150);
    assertThat(ledger.outcomes())
        .containsKeys(
            "dtype", "key-config-version-superseded", "model-retired", "record", "unknown-name");
    assertThat(ledger.outcomes().get("record")).isGreaterThan(EVENTS * 8 / 10);
    assertThat(ledger.refusals()).as("refused key configs").isGreaterThanOrEqualTo(10);
  }

  private Map<String, String> options() {
    Map<String, String> options =
        ExportJob.options(
            kafka, topics.events(), topics.records(), topics.letters(), Path.of("none"));
    options.remove("key-config.files");
    options.put("key-config.topic", topics.configs());
    // No event is for a version that does not come.
    options.put("key-config.wait-timeout", "60 s");
    options.put("flink.execution.checkpointing.interval", "300 ms");
    options.put("flink.restart-strategy.fixed-delay.attempts", "30");
    return options;
  }

  /** The cluster is in this process, so its tasks' stacks can be seen. */
  private static void awaitAnInstanceThatWaits() {
    await("an instance that waits for a key config")
        .atMost(Kafka.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(LiveKeyConfigsIT::doesAnInstanceWait);
  }

  private static boolean doesAnInstanceWait() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().equals("io.embeddingexport.flink.LiveKeyConfigs")
                    && frame.getMethodName().equals("await"));
  }
}
