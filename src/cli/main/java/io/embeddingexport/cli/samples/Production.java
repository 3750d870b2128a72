package io.embeddingexport.cli.samples;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.kafka.admin.Permission;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Sends sample events to a topic until all are sent, one fails, or it is stopped. */
public final class Production {
  private static final long TICK_NANOS = 100_000_000;

  private final Producer<byte[], byte[]> producer;
  private final String bootstrapServers;
  private final String topic;
  private final SampleEvents events;
  private final SampleMessages messages;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private long lastTick = System.nanoTime();

  public Production(
      Producer<byte[], byte[]> producer,
      String bootstrapServers,
      String topic,
      SampleMessages messages,
      SampleEvents events) {
    this.producer = producer;
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.events = events;
    this.messages = messages;
  }

  /**
   * Sends events, and returns when the broker has all of them.
   *
   * @param count number of events to send; 0: until stopped
   * @param rate events per second; 0: as fast as possible
   * @param stopped whether to stop sending; checked before each event
   * @param progress receives the number of events the broker has, about every 100 ms
   * @return the final number the broker has
   * @throws CommandException if an event cannot be written, or the broker did not accept one; none
   *     is sent after that
   */
  public long run(long count, double rate, BooleanSupplier stopped, LongConsumer progress)
      throws CommandException {
    Pace pace = new Pace(rate, System.nanoTime());
    try {
      for (long i = 0; (count == 0 || i < count) && mayGoOn(stopped); i++) {
        awaitDue(pace, stopped, progress);
        if (mayGoOn(stopped)) {
          send(events.get(i));
          tick(progress, System.nanoTime());
        }
      }
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    Exception cause = failure.get();
    // A producer also needs WRITE on a topic to begin; without it the refusal is the cluster's.
    if (cause instanceof AuthorizationException) {
      throw new CommandException(
          Permission.topic(AclOperation.WRITE, topic).refusal(bootstrapServers));
    }
    if (cause != null) {
      throw new CommandException(
          "topic '%s' did not accept an event: %s".formatted(topic, cause.getMessage()));
    }
    return acknowledged.get();
  }

  private boolean mayGoOn(BooleanSupplier stopped) {
    return !stopped.getAsBoolean() && failure.get() == null;
  }

  private void awaitDue(Pace pace, BooleanSupplier stopped, LongConsumer progress) {
    long now = System.nanoTime();
    long due = now + pace.next(now);
    while (due - now > 0 && mayGoOn(stopped)) {
      LockSupport.parkNanos(Math.min(due - now, TICK_NANOS));
      now = System.nanoTime();
      tick(progress, now);
    }
  }

  private void tick(LongConsumer progress, long now) {
    if (now - lastTick >= TICK_NANOS) {
      lastTick = now;
      progress.accept(acknowledged.get());
    }
  }

  private void send(SampleEvent event) throws CommandException {
    long now = System.currentTimeMillis();
    Callback callback =
        (metadata, exception) -> {
          if (exception == null) {
            acknowledged.incrementAndGet();
          } else {
            failure.compareAndSet(null, exception);
          }
        };
    SampleMessage message = messages.write(event, now);
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(topic, null, now, message.key(), message.value());
    message.headers().forEach((name, value) -> sent.headers().add(name, value));
    producer.send(sent, callback);
  }
}
