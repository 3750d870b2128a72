package io.embeddingexport.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the demo's events, in a thread of its own, as fast as the broker takes them. The last tenth
 * waits until {@link #release} is called, so that whatever happens before happens mid-stream.
 */
final class EventFeed implements AutoCloseable {
  private final DemoEvents events;
  private final Sources sources;
  private final KafkaProducer<byte[], byte[]> producer;
  private final CountDownLatch released = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "demo-feed");
  private volatile @Nullable Exception failure;

  EventFeed(String bootstrapServers, DemoEvents events, Sources sources) {
    this.events = events;
    this.sources = sources;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "demo-feed",
                "batch.size",
                128 << 10,
                "linger.ms",
                10,
                "acks",
                "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Events that are sent before {@link #release}. */
  int heldAt() {
    return (int) (events.count() * 9L / 10);
  }

  void start() {
    thread.start();
  }

  /** Lets the last tenth go. */
  void release() {
    released.countDown();
  }

  /**
   * @throws IllegalStateException if an event could not be sent
   */
  void requireHealthy() {
    if (failure != null) {
      throw new IllegalStateException("cannot send the demo's events: " + failure, failure);
    }
  }

  private void run() {
    try {
      for (int i = 0; i < events.count() && failure == null; i++) {
        if (i == heldAt()) {
          producer.flush();
          released.await();
        }
        producer.send(message(i), callback(i));
      }
      producer.flush();
    } catch (InterruptedException closed) {
      // The demo ends early.
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private ProducerRecord<byte[], byte[]> message(int i) {
    DemoEvent event = events.get(i);
    List<Header> headers =
        List.of(new RecordHeader(MessageCheck.TRACE_HEADER, MessageCheck.trace(i)));
    return new ProducerRecord<>(
        sources.topic(), null, event.timestampMillis(), event.key(), event.value(), headers);
  }

  /** Callbacks all run on the producer's one network thread. */
  private Callback callback(int event) {
    return (metadata, exception) -> {
      if (exception != null) {
        failure = exception;
      } else {
        sources.put(event, metadata.partition(), metadata.offset());
      }
    };
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
    producer.close();
  }
}
