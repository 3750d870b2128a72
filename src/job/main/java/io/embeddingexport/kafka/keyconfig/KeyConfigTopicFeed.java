package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.flink.KeyConfigFeed;
import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a key-config topic on its own thread, and hands messages over through a bounded queue: if
 * the task takes nothing, reading stops and the heap does not grow.
 *
 * <p>A recreated topic is read from its beginning; brokers that do not answer are retried forever.
 * A permanent error fails the task at its next poll.
 */
final class KeyConfigTopicFeed implements KeyConfigFeed {
  private static final Logger LOG = LoggerFactory.getLogger(KeyConfigTopicFeed.class);

  /**
   * Maximum number of messages that wait for the task, besides those present at the start. A
   * compiled key config can take 16 MiB.
   */
  private static final int CAPACITY = 64;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KeyConfigTopicSettings settings;
  private final KeyConfigTopicReader reader;
  private final TopicWatch watch;
  private final AutoCloseable connections;
  private final BlockingQueue<Delivery> queue;
  private final Thread thread;
  private volatile boolean closed;

  /** An item of the queue: a message, or the reason no more will come. */
  private record Delivery(
      @Nullable ReceivedKeyConfig received, @Nullable KeyConfigTopicException failure) {}

  /**
   * @param atStart messages present at the start, for the first polls
   * @param connections closed once the thread has ended
   */
  KeyConfigTopicFeed(
      KeyConfigTopicSettings settings,
      String threadName,
      List<ReceivedKeyConfig> atStart,
      KeyConfigTopicReader reader,
      TopicWatch watch,
      AutoCloseable connections) {
    this.settings = settings;
    this.reader = reader;
    this.watch = watch;
    this.connections = connections;
    this.queue = new LinkedBlockingQueue<>(atStart.size() + CAPACITY);
    for (ReceivedKeyConfig received : atStart) {
      queue.add(new Delivery(received, null));
    }
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public @Nullable ReceivedKeyConfig poll() throws KeyConfigTopicException {
    // An empty queue costs a read of its count, without a lock.
    return received(queue.poll());
  }

  @Override
  public @Nullable ReceivedKeyConfig poll(Duration timeout)
      throws KeyConfigTopicException, InterruptedException {
    return received(queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
  }

  private @Nullable ReceivedKeyConfig received(@Nullable Delivery delivery)
      throws KeyConfigTopicException {
    if (delivery == null) {
      return null;
    }
    if (delivery.failure() != null) {
      queue.add(delivery); // the next poll must fail too
      throw delivery.failure();
    }
    return delivery.received();
  }

  private void run() {
    try {
      follow();
    } catch (Throwable e) {
      if (!closed) {
        fail(e);
      }
    }
  }

  private void follow() throws InterruptedException, KeyConfigTopicException {
    boolean another = false;
    while (!closed) {
      if (another) {
        another = !readAgain();
        continue;
      }
      try {
        List<ReceivedKeyConfig> batch = reader.poll();
        // Messages of a recreated topic would be taken for those of the old one, and arrive again
        // when it is read from its beginning.
        another = (!batch.isEmpty() || watch.isDue() || reader.asksInVain()) && watch.changed();
        if (!another) {
          deliver(batch);
        }
      } catch (InvalidOffsetException e) {
        another = true;
      } catch (RetriableException e) {
        LOG.warn("Key-config topic {}: {}; trying again", settings.topic(), e.getMessage());
        Thread.sleep(RETRY.toMillis());
      }
    }
  }

  /** Reads a topic that is not, or may not be, the one followed so far. */
  private boolean readAgain() throws InterruptedException {
    try {
      Deadline deadline = Deadline.in(settings.startTimeout());
      TopicDescription topic = watch.look(deadline.left());
      LOG.warn(
          "Key-config topic {} was re-created or changed; reading it from its beginning",
          settings.topic());
      deliver(reader.readAll(topic, deadline));
      return true;
    } catch (KeyConfigTopicException | RetriableException | InvalidOffsetException e) {
      LOG.warn(
          "Key-config topic {} cannot be read now: {}; the current key configs stay in force;"
              + " trying again",
          settings.topic(),
          e.getMessage());
      Thread.sleep(RETRY.toMillis());
      return false;
    }
  }

  private void deliver(List<ReceivedKeyConfig> batch) throws InterruptedException {
    for (ReceivedKeyConfig received : batch) {
      queue.put(new Delivery(received, null));
    }
  }

  private void fail(Throwable cause) {
    KeyConfigTopicException failure =
        cause instanceof KeyConfigTopicException said
            ? said
            : KeyConfigTopicException.of(settings, cause);
    try {
      queue.put(new Delivery(null, failure));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Interrupts the thread, even while it waits for the brokers or the task, and waits for its end.
   */
  @Override
  public void close() throws Exception {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      connections.close();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
