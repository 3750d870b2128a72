package io.embeddingexport.cli.samples;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.event.EventFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends sample events to a topic until they are all sent, one fails, or {@link #stop} is called.
 */
public final class Production {
  private static final long PATIENCE_NANOS = 100_000_000;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final SampleEvents events;
  private final SampleFormat format;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean stopped;

  public Production(
      Producer<byte[], byte[]> producer, String topic, EventFormat format, SampleEvents events) {
    this.producer = producer;
    this.topic = topic;
    this.events = events;
    this.format = SampleFormat.of(format);
  }

  /**
   * Sends, and returns when the broker has all that was sent.
   *
   * @param count events to send; 0: go on until stopped
   * @param rate events per second; 0: as fast as they go
   * @throws CommandException if the broker did not take an event; none is sent after that
   */
  public void run(long count, double rate, Progress progress) throws CommandException {
    Pace pace = new Pace(rate, System.nanoTime());
    try {
      for (long i = 0; (count == 0 || i < count) && mayGoOn(); i++) {
        awaitDue(pace, progress);
        if (mayGoOn()) {
          send(events.get(i));
          progress.update(acknowledged.get(), System.nanoTime());
        }
      }
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    progress.end(acknowledged.get(), System.nanoTime());
    Exception cause = failure.get();
    if (cause != null) {
      throw new CommandException(
          "topic '%s' did not take an event: %s".formatted(topic, cause.getMessage()));
    }
  }

  /** Lets the event in hand go and then ends {@link #run}. Thread-safe. */
  public void stop() {
    stopped = true;
  }

  private boolean mayGoOn() {
    return !stopped && failure.get() == null;
  }

  private void awaitDue(Pace pace, Progress progress) {
    long now = System.nanoTime();
    long due = now + pace.next(now);
    while (due - now > 0 && mayGoOn()) {
      LockSupport.parkNanos(Math.min(due - now, PATIENCE_NANOS));
      now = System.nanoTime();
      progress.update(acknowledged.get(), now);
    }
  }

  private void send(SampleEvent event) {
    long now = System.currentTimeMillis();
    Callback callback =
        (metadata, exception) -> {
          if (exception == null) {
            acknowledged.incrementAndGet();
          } else {
            failure.compareAndSet(null, exception);
          }
        };
    producer.send(
        new ProducerRecord<>(topic, null, now, event.key(), format.write(event, now)), callback);
  }
}
