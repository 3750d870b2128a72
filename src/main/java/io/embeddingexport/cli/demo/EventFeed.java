package io.embeddingexport.cli.demo;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the demo's events on its own thread, as fast as the broker takes them. It waits before the
 * events made for a changed key config, and before the last tenth, so that the actions before them
 * happen mid-stream.
 */
final class EventFeed implements AutoCloseable {
  private final DemoEvents events;
  private final InputPlaces sources;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Change change;
  private final Gate beforeChange;
  private final Gate lastTenth;
  private final Thread thread = new Thread(this::run, "demo-feed");
  private volatile @Nullable Exception failure;

  /** The change made half way. */
  interface Change {
    /** Called some events before the change. */
    void prepare();

    /** Called before the events made for the change, after all others are sent. */
    void publish() throws Exception;
  }

  EventFeed(String bootstrapServers, DemoEvents events, InputPlaces sources, Change change) {
    this.events = events;
    this.sources = sources;
    this.change = change;
    this.beforeChange = new Gate((int) (events.changeAt() * 9L / 10));
    this.lastTenth = new Gate((int) (events.count() * 9L / 10));
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

  /** Some events before the key config changes, so that events are in flight when it does. */
  Gate beforeChange() {
    return beforeChange;
  }

  /** Before the last tenth. */
  Gate lastTenth() {
    return lastTenth;
  }

  void start() {
    thread.start();
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
        if (pass(beforeChange, i)) {
          change.prepare();
        }
        if (i == events.changeAt()) {
          change.publish();
        }
        pass(lastTenth, i);
        producer.send(message(i), callback(i));
      }
      producer.flush();
    } catch (InterruptedException closed) {
      // The demo ends early.
    } catch (Exception e) {
      failure = e;
    }
  }

  /** Waits at the gate if it is before event {@code next}; returns whether it is. */
  private boolean pass(Gate gate, int next) throws InterruptedException {
    boolean isHere = next == gate.at();
    if (isHere) {
      producer.flush();
      gate.pass();
    }
    return isHere;
  }

  private ProducerRecord<byte[], byte[]> message(int i) {
    DemoEvent event = events.get(i);
    List<Header> headers =
        List.of(new RecordHeader(MessageCheck.TRACE_HEADER, MessageCheck.trace(i)));
    return new ProducerRecord<>(
        sources.topic(), null, event.timestampMillis(), event.key(), event.value(), headers);
  }

  /** All callbacks run on the producer's one network thread. */
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
