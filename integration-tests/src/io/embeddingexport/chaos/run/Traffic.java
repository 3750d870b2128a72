package io.embeddingexport.chaos.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.chaos.ledger.LedgerEvent;
import io.embeddingexport.chaos.ledger.LedgerEvents;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends the ledger's events, from number 0 on, in a thread of its own. What counts as sent is what
 * stands in the topic.
 */
final class Traffic implements AutoCloseable {
  private static final long TICK_NANOS = 20_000_000;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final LedgerEvents events;
  private final int perSecond;
  private final Thread thread = new Thread(this::run, "traffic");
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile long next;

  /**
   * @param producer which is closed with this
   */
  Traffic(Producer<byte[], byte[]> producer, String topic, LedgerEvents events, int perSecond) {
    this.producer = producer;
    this.topic = topic;
    this.events = events;
    this.perSecond = perSecond;
  }

  void start() {
    thread.start();
  }

  private void run() {
    DueInputs dueInputs = new DueInputs(perSecond, System.nanoTime());
    while (!stopping) {
      for (int due = dueInputs.due(System.nanoTime()); due > 0 && !stopping; due--) {
        // Before it is sent: whoever asks for the next number gets one that is not on its way.
        long number = next;
        next = number + 1;
        send(events.event(number));
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private void send(LedgerEvent event) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, partition(event), event.key(), event.value());
    message.headers().add(ExportChecker.TRACE, Long.toString(event.sequence()).getBytes(US_ASCII));
    try {
      producer.send(
          message,
          (metadata, exception) -> {
            if (exception != null) {
              failure.compareAndSet(null, exception);
            }
          });
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      stopping = true;
    }
  }

  static int partition(LedgerEvent event) {
    return event.entity() % ChaosTopics.INPUTS;
  }

  /** The number of the next event: it, and all after it, are sent from now on. */
  long next() {
    return next;
  }

  /** Why an event was not sent, if there was such a thing. */
  void requireSending() {
    Exception e = failure.get();
    if (e != null) {
      throw new IllegalStateException("the run's own producer gave up an event: " + e, e);
    }
  }

  /** Sends no more, and returns when the brokers have all. */
  void quiesce() throws InterruptedException {
    stopping = true;
    thread.join();
    producer.flush();
    requireSending();
  }

  /** Gives up what is not sent yet. */
  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    producer.close(Duration.ZERO);
  }
}
