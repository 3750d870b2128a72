package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadLeakCheckTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final CountDownLatch end = new CountDownLatch(1);
  private final Set<Thread> before = ThreadLeakCheck.alive();

  @AfterEach
  void endThreads() {
    end.countDown();
  }

  @Test
  void aThreadThatIsNoDaemonIsALeak() {
    start("worker-7", false);

    assertThatThrownBy(() -> check(false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the test left 1 threads")
        .hasMessageContaining("worker-7 (not a daemon) in ");
  }

  @Test
  void aDaemonOfKafkaOrFlinkIsALeak() {
    start("kafka-producer-network-thread | p1", true);
    start("flink-metrics-4", true);

    assertThatThrownBy(() -> check(false))
        .hasMessageContaining("kafka-producer-network-thread | p1 (daemon)")
        .hasMessageContaining("flink-metrics-4 (daemon)");
  }

  @Test
  void aTaskOfFlinkIsALeakWhateverItsName() {
    ThreadGroup group = new ThreadGroup("Flink Task Threads");
    Thread task = new Thread(group, this::awaitEnd, "export (1/2)#0");
    task.setDaemon(true);
    task.start();

    assertThatThrownBy(() -> check(false)).hasMessageContaining("export (1/2)#0");
  }

  @Test
  void anyOtherDaemonIsNone() {
    start("some-pool-1", true);

    assertThatCode(() -> check(false)).doesNotThrowAnyException();
  }

  @Test
  void givenASharedClusterWhenItsPoolsGrowThenOnlyClientsAreLeaks() {
    start("flink-io-12", false);
    assertThatCode(() -> check(true)).doesNotThrowAnyException();

    start("kafka-admin-client-thread | a", true);
    assertThatThrownBy(() -> check(true))
        .hasMessageContaining("kafka-admin-client-thread | a")
        .hasMessageNotContaining("flink-io-12");
  }

  @Test
  void aThreadThatEndsInTimeIsNone() {
    start("worker-8", false);
    end.countDown();

    assertThatCode(
            () ->
                ThreadLeakCheck.requireNoNewThreads(
                    "the test", before, false, Duration.ofSeconds(10)))
        .doesNotThrowAnyException();
  }

  @Test
  void givenNoLeakThenTheCheckDoesNotWait() {
    assertTimeout(
        Duration.ofSeconds(10),
        () ->
            ThreadLeakCheck.requireNoNewThreads("the test", before, false, Duration.ofSeconds(30)));
  }

  private void check(boolean clientsOnly) {
    ThreadLeakCheck.requireNoNewThreads("the test", before, clientsOnly, SHORT);
  }

  private void start(String name, boolean daemon) {
    Thread thread = new Thread(this::awaitEnd, name);
    thread.setDaemon(daemon);
    thread.start();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
