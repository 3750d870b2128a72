package io.embeddingexport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.flink.KeyConfigFeed;
import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfigJson;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Key configs of many other models: one version of each at the start, and then one update after
 * another from a thread of its own, which reads their JSON as the topic's follower does.
 */
final class LiveFeed implements KeyConfigFeed {
  private static final int CAPACITY = 1024;

  private final Workload workload;
  private final int models;
  private final long pauseNanos;

  /** Its poll looks at a count, and takes no lock while that is 0. */
  private final BlockingQueue<ReceivedKeyConfig> queue = new LinkedBlockingQueue<>(CAPACITY);

  private final Thread thread;
  private long versions;

  /**
   * @param updatesPerSecond after the first version of each; 0: none
   */
  LiveFeed(Workload workload, int models, int updatesPerSecond) {
    this.workload = workload;
    this.models = models;
    this.pauseNanos = updatesPerSecond == 0 ? 0 : 1_000_000_000L / updatesPerSecond;
    this.thread = new Thread(this::run, "key-configs");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      for (int i = 0; i < models; i++) {
        queue.put(next());
      }
      for (long due = System.nanoTime(); pauseNanos > 0; due += pauseNanos) {
        LockSupport.parkNanos(due - System.nanoTime());
        queue.put(next());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private ReceivedKeyConfig next() {
    String model = "other-" + versions % models;
    long version = 1 + versions++ / models;
    String json = KeyConfigJson.write(workload.keyConfig(model, version));
    return ReceivedKeyConfig.of(
        new Envelope(
            model.getBytes(UTF_8),
            json.getBytes(UTF_8),
            Envelope.NO_HEADERS,
            0,
            "keys",
            0,
            versions),
        "");
  }

  @Override
  public @Nullable ReceivedKeyConfig poll() {
    return queue.poll();
  }

  @Override
  public @Nullable ReceivedKeyConfig poll(Duration timeout) throws InterruptedException {
    return queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
