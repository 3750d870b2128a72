package io.embeddingexport.flink;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves threads behind: threads that were not there before it, are alive 30 s
 * after it, and either keep a JVM from ending (not daemons) or belong to Kafka or Flink.
 *
 * <p>{@code @ExtendWith(ThreadLeakCheck.class)} checks after each test and after the class. Where
 * the tests of a class share a cluster ({@link SharedCluster}), whose pools grow while they run,
 * {@link #sharingACluster()} checks each test for the Kafka clients it left open only, and the
 * class for everything.
 *
 * <p>It must be registered before whatever starts threads: then it looks first and checks last. Not
 * for tests that run in parallel in one JVM.
 */
public final class ThreadLeakCheck
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Namespace NAMESPACE = Namespace.create(ThreadLeakCheck.class);

  /** One a JVM, started on first use and meant to stay; all are daemons. */
  private static final Set<String> STAY =
      Set.of(
          "flinkcompletablefuturedelayscheduler",
          "metrics-meter-tick-thread",
          "org.apache.hadoop.fs.filesystem");

  private static final List<String> CLIENTS =
      List.of(
          "kafka-producer-network-thread",
          "kafka-admin-client-thread",
          "kafka-coordinator-heartbeat-thread",
          "consumer_background_thread");

  private final boolean sharedCluster;

  public ThreadLeakCheck() {
    this(false);
  }

  private ThreadLeakCheck(boolean sharedCluster) {
    this.sharedCluster = sharedCluster;
  }

  public static ThreadLeakCheck sharingACluster() {
    return new ThreadLeakCheck(true);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    remember(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    remember(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    requireNone(context, sharedCluster);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    requireNone(context, false);
  }

  private static void remember(ExtensionContext context) {
    context.getStore(NAMESPACE).put(context.getUniqueId(), new Threads(alive()));
  }

  private static void requireNone(ExtensionContext context, boolean clientsOnly) {
    Threads before = context.getStore(NAMESPACE).remove(context.getUniqueId(), Threads.class);
    if (before != null) {
      requireNoNewThreads(context.getDisplayName(), before.threads(), clientsOnly, PATIENCE);
    }
  }

  static void requireNoNewThreads(
      String test, Set<Thread> before, boolean clientsOnly, Duration patience) {
    try {
      await()
          // Its own polling thread would be a leak.
          .pollInSameThread()
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> leaked(before, clientsOnly).isEmpty());
    } catch (ConditionTimeoutException e) {
      List<Thread> leaked = leaked(before, clientsOnly);
      if (!leaked.isEmpty()) {
        throw new AssertionError(
            test
                + " left "
                + leaked.size()
                + " threads that live "
                + patience.toSeconds()
                + " s after it; close what started them:"
                + leaked.stream().map(ThreadLeakCheck::describe).collect(Collectors.joining()));
      }
    }
  }

  static Set<Thread> alive() {
    return Set.copyOf(Thread.getAllStackTraces().keySet());
  }

  private static List<Thread> leaked(Set<Thread> before, boolean clientsOnly) {
    return alive().stream()
        .filter(thread -> !before.contains(thread))
        .filter(clientsOnly ? ThreadLeakCheck::isClient : ThreadLeakCheck::isWatched)
        .toList();
  }

  private static boolean isWatched(Thread thread) {
    String name = nameAndGroup(thread);
    if (STAY.stream().anyMatch(name::contains)) {
      return false;
    }
    return !thread.isDaemon()
        || name.contains("kafka")
        || name.contains("flink")
        || isClient(thread);
  }

  private static boolean isClient(Thread thread) {
    String name = nameAndGroup(thread);
    return CLIENTS.stream().anyMatch(name::contains);
  }

  /** Flink names a task's thread after the task, but groups it under "Flink Task Threads". */
  private static String nameAndGroup(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    String groupName = group == null ? "" : group.getName();
    return (thread.getName() + ' ' + groupName).toLowerCase(Locale.ROOT);
  }

  private static String describe(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return "\n  "
        + thread.getName()
        + (thread.isDaemon() ? " (daemon)" : " (not a daemon)")
        + (stack.length == 0 ? "" : " in " + stack[0]);
  }

  /** A type of our own, since a store is asked for its values by type. */
  private record Threads(Set<Thread> threads) {}
}
