package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.it.SoakStep.Fault;
import io.embeddingexport.it.SoakStep.Kind;
import io.embeddingexport.it.SoakStep.Noise;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Key configs change while events flow and what the job runs on dies: every record is the one of
 * the version it names, byte by byte; no version falls; nothing is lost, doubled or reordered.
 */
@ExtendWith(SharedBroker.class)
class LiveKeyConfigsIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  /** {@code -Dsoak.seed=NUMBER} plays another order. */
  private static final long SEED = Long.getLong("soak.seed", 20261124);

  private static final int EVENTS = 500_000;
  private static final int EVENTS_A_STEP = 2_480;

  /** How far what is sent runs ahead of what has come out, so that versions meet events. */
  private static final int AHEAD = 4 * EVENTS_A_STEP;

  private final Kafka kafka;

  LiveKeyConfigsIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void givenFaultsAndVersionsWhileEventsFlowThenEachComesOutOnceUnderAVersionThatNeverFalls(
      @TempDir Path directory) throws Exception {
    System.out.println("soak.seed=" + SEED);
    try (FlinkCluster cluster = FlinkCluster.start(2, 1, 0);
        SoakRun run = new SoakRun(kafka, cluster, EVENTS)) {
      run.traffic().publishAll(1);
      run.start(2, null);
      int waits = 0;
      for (SoakStep step : SoakScript.of(SEED)) {
        waits += play(step, run) ? 1 : 0;
        run.awaitOutcomes(AHEAD);
      }
      run.traffic().sendForPresentVersions(EVENTS - run.traffic().sent());
      run.awaitAll();
      int restarts = run.restarts();
      run.stopAndCheck(directory);

      System.out.printf(
          "%d restarts, %d waits, %d versions seen, %d refused, %s%n",
          restarts,
          waits,
          run.outcomes().versionsSeen(),
          run.outcomes().refusals(),
          run.outcomes().outcomes());
      assertThat(run.kills()).isEqualTo(SoakScript.TASK_MANAGER_KILLS);
      assertThat(restarts).isGreaterThanOrEqualTo(run.kills());
      assertThat(waits).as("times an instance was seen waiting").isGreaterThanOrEqualTo(20);
      requireVariety(run.outcomes());
    }
  }

  /** Returns whether an instance was seen waiting for the step's key config. */
  private static boolean play(SoakStep step, SoakRun run) throws Exception {
    boolean anyWaits = run.traffic().send(EVENTS_A_STEP, step.isNews() ? step.config() : null);
    boolean seenWaiting = anyWaits && step.awaitsWait();
    if (seenWaiting) {
      run.awaitAWait();
    }
    if (step.fault() == Fault.KILL_WHILE_WAITING) {
      run.inject(step.fault());
    }
    run.traffic().publish(step.config());
    if (step.fault() != Fault.KILL_WHILE_WAITING) {
      run.inject(step.fault());
    }
    step.noise().forEach(run.traffic()::say);
    return seenWaiting;
  }

  private static void requireVariety(SoakOutcomes outcomes) {
    assertThat(outcomes.versionsSeen())
        .as("versions that records name")
        .isGreaterThanOrEqualTo(150);
    assertThat(outcomes.outcomes())
        .containsOnlyKeys(
            "dtype", "key-config-version-superseded", "model-retired", "record", "unknown-name");
    assertThat(outcomes.outcomes().get("record")).isGreaterThan(EVENTS * 8 / 10);
    assertThat(outcomes.refusals()).as("refused key configs").isGreaterThanOrEqualTo(10);
  }

  @Test
  void givenRescalesAndATopicCreatedAnewWithLowerVersionsThenNoVersionFalls(@TempDir Path directory)
      throws Exception {
    SoakConfig leaving = new SoakConfig(7, 4);
    try (FlinkCluster cluster = FlinkCluster.start(1, 4, 0);
        SoakRun run = new SoakRun(kafka, cluster, 200_000)) {
      run.traffic().publishAll(1);
      run.traffic().say(new Noise(Kind.INVALID, leaving));
      run.start(1, null);
      rise(run, 3);
      String savepoint = run.stopAndCheck(directory);

      createAnewWithLowerVersions(run);
      run.start(4, savepoint);
      stay(run);
      rise(run, 4);
      run.traffic().say(new Noise(Kind.RETIRE, leaving));
      stayUntilRetired(run, leaving.model());
      savepoint = run.stopAndCheck(directory);

      createAnewWithLowerVersions(run);
      run.start(2, savepoint);
      requireStaysRetired(run, leaving.model());
      savepoint = run.stopAndCheck(directory);

      run.start(3, savepoint);
      requireStaysRetired(run, leaving.model());
      createAnewWithLowerVersions(run);
      rise(run, 5);
      run.stopAndCheck(directory);
      assertThat(run.outcomes().isRetired(leaving.model())).isFalse();
    }
  }

  private static void createAnewWithLowerVersions(SoakRun run) {
    run.createConfigTopicAnew();
    run.traffic().publishAll(2);
    run.traffic().say(new Noise(Kind.INVALID, new SoakConfig(1, 2)));
  }

  private static void stay(SoakRun run) {
    run.traffic().send(4_000, null);
    run.awaitAll();
    run.outcomes().requireAllRight();
  }

  /** All models get a version that events are already there for. */
  private static void rise(SoakRun run, int version) {
    stay(run);
    run.traffic().send(2_000, new SoakConfig(0, version));
    run.traffic().publishAll(version);
    run.traffic().sendForPresentVersions(2_000);
    stay(run);
  }

  private static void stayUntilRetired(SoakRun run, int model) {
    await("the end of model " + model)
        .atMost(Kafka.PATIENCE)
        .pollInSameThread()
        .until(
            () -> {
              stay(run);
              return run.outcomes().isRetired(model);
            });
  }

  private static void requireStaysRetired(SoakRun run, int model) {
    int before = run.outcomes().retired(model);
    int sent = run.traffic().sent();
    stay(run);
    assertThat(run.outcomes().retired(model) - before)
        .as("letters of the retired model")
        .isEqualTo(run.traffic().count(model, sent));
  }
}
