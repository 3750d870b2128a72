package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that name a key-config version which has not come yet. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeyConfigWaitTest {
  /** Longer than any test may take: what waits for it has failed. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final Duration SHORT = Duration.ofMillis(200);

  private final KeyConfigLog log = new KeyConfigLog();

  @AfterEach
  void close() {
    log.close();
  }

  private ExportInstance start(Duration timeout) throws Exception {
    return ExportInstance.start(function().following(log.source(), timeout));
  }

  @Test
  void givenAVersionThatComesDuringTheWaitThenTheEventIsExportedUnderIt() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance instance = start(LONG)) {
      CompletableFuture<Outcome> outcome = decide(instance, "user", 2);
      await().until(log::isWaitedFor);
      log.publish(vector("item", 2));
      log.publishInvalid("user");
      assertThat(outcome).isNotDone();
      log.publish(vector("user", 2));

      assertThat(outcome.get()).isInstanceOfSatisfying(Exported.class, this::isVersion2);
      assertThat(instance.metrics().count("keyConfigWaitsTimedOut")).isZero();
      assertThat(instance.version("item")).isEqualTo(2);
    }
  }

  private void isVersion2(Exported exported) {
    assertThat(exported.keyConfigVersion()).isEqualTo(2);
  }

  @Test
  void givenAModelNotHeardOfThenItsFirstVersionIsWaitedForToo() throws Exception {
    try (ExportInstance instance = start(LONG)) {
      CompletableFuture<Outcome> outcome = decide(instance, "user", 2);
      await().until(log::isWaitedFor);
      log.publish(vector("user", 2));

      assertThat(outcome.get()).isInstanceOfSatisfying(Exported.class, this::isVersion2);
    }
  }

  @Test
  void givenARetiredModelThenAGreaterVersionIsWaitedForAndTheRetiredOneIsNot() throws Exception {
    log.publish(vector("user", 1));
    log.retire("user");
    try (ExportInstance instance = start(LONG)) {
      assertReason(RejectReason.MODEL_RETIRED, instance.decideVector("user", 1));
      assertReason(RejectReason.MODEL_RETIRED, instance.decideVector("user"));
      CompletableFuture<Outcome> outcome = decide(instance, "user", 2);
      await().until(log::isWaitedFor);
      log.publish(vector("user", 2));

      assertThat(outcome.get()).isInstanceOfSatisfying(Exported.class, this::isVersion2);
    }
  }

  @Test
  void givenAGreaterVersionInsteadThenTheEventIsSuperseded() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance instance = start(LONG)) {
      CompletableFuture<Outcome> outcome = decide(instance, "user", 2);
      await().until(log::isWaitedFor);
      log.publish(vector("user", 3));

      assertReason(RejectReason.KEY_CONFIG_VERSION_SUPERSEDED, outcome.get());
    }
  }

  @Test
  void givenAVersionThatDoesNotComeThenItIsWaitedForOnce() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance instance = start(SHORT)) {
      assertReason(RejectReason.KEY_CONFIG_VERSION_UNKNOWN, instance.decideVector("user", 2));
      long waited = instance.metrics().count("keyConfigWaitMillis");
      assertThat(waited).isGreaterThanOrEqualTo(SHORT.toMillis() - 10);
      assertThat(instance.metrics().count("keyConfigWaitsTimedOut")).isEqualTo(1);

      for (int i = 0; i < 5; i++) {
        assertReason(RejectReason.KEY_CONFIG_VERSION_UNKNOWN, instance.decideVector("user", 2));
      }
      assertThat(instance.metrics().count("keyConfigWaitMillis")).isEqualTo(waited);
      assertThat(instance.metrics().count("keyConfigWaitsTimedOut")).isEqualTo(1);

      log.publish(vector("user", 2));
      assertThat(instance.decideVector("user", 2)).isInstanceOf(Exported.class);
    }
  }

  @Test
  void givenAVersionThatWasWaitedForThenAnotherOneIsWaitedForAnew() throws Exception {
    try (ExportInstance instance = start(SHORT)) {
      instance.decideVector("user", 2);
      instance.decideVector("user", 3);
      instance.decideVector("item", 2);

      assertThat(instance.metrics().count("keyConfigWaitsTimedOut")).isEqualTo(3);
    }
  }

  @Test
  void whatNamesNoVersionOrAKnownOneDoesNotWait() throws Exception {
    log.publish(vector("user", 3));
    try (ExportInstance instance = start(LONG)) {
      assertThat(instance.decideVector("user")).isInstanceOf(Exported.class);
      assertThat(instance.decideVector("user", 3)).isInstanceOf(Exported.class);
      assertReason(RejectReason.KEY_CONFIG_VERSION_SUPERSEDED, instance.decideVector("user", 2));
      assertReason(RejectReason.NO_KEY_CONFIG, instance.decideVector("item"));
      assertThat(instance.metrics().count("keyConfigWaitMillis")).isZero();
    }
  }

  @Test
  void aNameThatNoKeyConfigCanHaveIsNotWaitedForNorKept() throws Exception {
    try (ExportInstance instance = start(LONG)) {
      assertReason(
          RejectReason.KEY_CONFIG_VERSION_UNKNOWN, instance.decideVector("x".repeat(256), 1));
      assertThat(instance.metrics().count("keyConfigWaitsTimedOut")).isZero();
    }
  }

  @Test
  void versionsThatDidNotComeAreForgottenInTurn() throws Exception {
    try (ExportInstance instance = start(Duration.ofNanos(1))) {
      for (int i = 0; i <= KeyConfigFollower.MOST_GIVEN_UP; i++) {
        instance.decideVector("model-" + i, 1);
      }
      long waits = instance.metrics().count("keyConfigWaitsTimedOut");
      assertThat(waits).isEqualTo(KeyConfigFollower.MOST_GIVEN_UP + 1L);

      instance.decideVector("model-" + KeyConfigFollower.MOST_GIVEN_UP, 1);
      assertThat(instance.metrics().count("keyConfigWaitsTimedOut")).isEqualTo(waits);
      instance.decideVector("model-0", 1);
      assertThat(instance.metrics().count("keyConfigWaitsTimedOut")).isEqualTo(waits + 1);
    }
  }

  /** 500 events that each name another version no one publishes, and one timeout in all. */
  @Test
  void hostileVersionsDoNotStopAnInstance() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance instance = start(Duration.ofSeconds(2))) {
      for (int version = 2; version < 502; version++) {
        instance.decideVector("user", version);
      }
      assertThat(instance.metrics().count("keyConfigWaitsTimedOut")).isEqualTo(500);
      assertThat(instance.metrics().count("keyConfigWaitMillis")).isLessThan(10_000);
      assertThat(instance.version("user")).isEqualTo(1);
    }
  }

  @Test
  void anEventThatWaitsIsOvertakenByNone() throws Exception {
    log.publish(vector("user", 1));
    List<Long> versions = new ArrayList<>();
    try (ExportInstance instance = start(LONG)) {
      CompletableFuture<Void> all =
          CompletableFuture.runAsync(
              () -> {
                for (long version : new long[] {1, 2, 3}) {
                  versions.add(
                      ((Exported) unchecked(instance, "user", version)).keyConfigVersion());
                }
              });
      await().until(log::isWaitedFor);
      log.publish(vector("user", 2));
      log.publish(vector("user", 3));
      all.get();
    }
    assertThat(versions).containsExactly(1L, 2L, 3L);
  }

  @Test
  void givenATaskThatIsCancelledThenTheWaitEndsAtOnce() throws Exception {
    try (ExportInstance instance = start(LONG)) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread task =
          new Thread(
              () -> {
                try {
                  instance.decideVector("user", 2);
                } catch (Throwable e) {
                  failure.set(e);
                  interrupted.set(Thread.currentThread().isInterrupted());
                }
              });
      task.start();
      await().until(log::isWaitedFor);
      task.interrupt();
      task.join(10_000);

      assertThat(failure.get())
          .hasMessageContaining("interrupted while an event waited for version 2")
          .hasRootCauseInstanceOf(InterruptedException.class);
      assertThat(interrupted).as("the thread stays interrupted").isTrue();
    }
    assertThat(log.openFeeds()).isZero();
  }

  @Test
  void givenAFeedThatFailsDuringTheWaitThenTheTaskFailsWithItsMessage() throws Exception {
    try (ExportInstance instance = start(LONG)) {
      CompletableFuture<Outcome> outcome = decide(instance, "user", 2);
      await().until(log::isWaitedFor);
      log.fail(new IOException("topic key-configs was deleted"));

      assertThatThrownBy(() -> outcome.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasStackTraceContaining("topic key-configs was deleted");
    }
  }

  private static CompletableFuture<Outcome> decide(
      ExportInstance instance, String model, long version) {
    return CompletableFuture.supplyAsync(() -> unchecked(instance, model, version));
  }

  private static Outcome unchecked(ExportInstance instance, String model, long version) {
    try {
      return instance.decideVector(model, version);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void assertReason(RejectReason reason, Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }
}
