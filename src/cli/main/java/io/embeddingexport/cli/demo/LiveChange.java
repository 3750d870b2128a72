package io.embeddingexport.cli.demo;

import io.embeddingexport.audit.OutputHeaders;
import io.embeddingexport.audit.Report;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * Changes a key config while events flow: publishes the next version, and waits on a thread of its
 * own for the first record under it. It does not wait for the record's transaction, whose length
 * depends on the checkpoint interval. {@link #prepare} and {@link #publish} are for the sending
 * thread, all other methods for the reading thread.
 */
final class LiveChange implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final DemoKeyConfigChange change;
  private final int atEvent;
  private final Callable<?> publication;
  private final Supplier<Consumer<byte[], byte[]>> records;
  private final DemoConsole screen;
  private final Thread thread = new Thread(this::awaitFirst, "demo-first-record");

  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile @Nullable Long publishedNanos;
  private volatile @Nullable Long firstNanos;
  private boolean publicationShown;
  private boolean firstShown;

  /**
   * @param atEvent number of the first event made for the next version
   * @param publication publishes the next version, and returns when the broker has it
   * @param records a consumer assigned to the record topic's partitions; closed with this
   */
  LiveChange(
      DemoKeyConfigChange change,
      int atEvent,
      Callable<?> publication,
      Supplier<Consumer<byte[], byte[]>> records,
      DemoConsole screen) {
    this.change = change;
    this.atEvent = atEvent;
    this.publication = publication;
    this.records = records;
    this.screen = screen;
  }

  /** Called some events before {@link #publish}, which is then fast: events are in flight. */
  void prepare() {
    Consumer<byte[], byte[]> fromEnd = records.get();
    fromEnd.seekToEnd(List.copyOf(fromEnd.assignment()));
    fromEnd.assignment().forEach(fromEnd::position);
    consumer = fromEnd;
    thread.start();
  }

  /** Called before the events made for the next version, after all others are sent. */
  void publish() throws Exception {
    publication.call();
    publishedNanos = System.nanoTime();
  }

  private void awaitFirst() {
    try {
      while (firstNanos == null) {
        ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> message : batch) {
          OutputHeaders stated = OutputHeaders.ofRecord(message);
          if (stated.version() == change.to().version() && change.model().equals(stated.model())) {
            firstNanos = now;
          }
        }
      }
    } catch (WakeupException closed) {
      // The demo ends early.
    } catch (RuntimeException e) {
      LogManager.getLogger(LiveChange.class).warn("The time of the first record is unknown", e);
    } finally {
      consumer.close();
    }
  }

  /** Shows what has happened since the last call. */
  void show() {
    if (publishedNanos != null && !publicationShown) {
      publicationShown = true;
      screen.line(
          "  @|bold,cyan ↻|@ published version %d of %s's key config at event %s"
              .formatted(change.to().version(), change.model(), DemoConsole.number(atEvent)));
      screen.line("    it adds " + String.join(" and ", change.additions()));
    }
    if (millisToFirst() >= 0 && !firstShown) {
      firstShown = true;
      screen.line(
          "    the first record under it was written %s ms later"
              .formatted(DemoConsole.number(millisToFirst())));
    }
  }

  /** Whether a record under the next version has been read. */
  boolean hasTakenEffect(Report report) {
    return report.recordsByVersion(change.model()).containsKey(change.to().version());
  }

  /** From the broker's receipt until the first record under it was written; -1: none was. */
  long millisToFirst() {
    Long from = publishedNanos;
    Long to = firstNanos;
    return from == null || to == null ? -1 : Math.max(0, to - from) / 1_000_000;
  }

  @Override
  public void close() throws InterruptedException {
    if (consumer != null) {
      consumer.wakeup();
      thread.join();
    }
  }
}
