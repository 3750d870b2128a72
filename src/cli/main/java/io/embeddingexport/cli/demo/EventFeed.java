package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.embeddingexport.audit.ExportChecker;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sends the demo's events on its own thread, as fast as the broker takes them. It waits before the
 * events made for a changed key config, and before the last tenth, so that the actions before them
 * happen mid-stream.
 */
final class EventFeed implements AutoCloseable {
  private final DemoEvents events;
  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final LiveChange change;
  private final CountDownLatch changeMayCome = new CountDownLatch(1);
  private final CountDownLatch lastTenthMayCome = new CountDownLatch(1);
  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "demo-feed");
  private volatile @Nullable Exception failure;

  /** An event that the broker has. */
  private record Sent(int partition, long offset, long timestamp, int number) {}

  /**
   * @param producer closed with this
   */
  EventFeed(Producer<byte[], byte[]> producer, String topic, DemoEvents events, LiveChange change) {
    this.producer = producer;
    this.topic = topic;
    this.events = events;
    this.change = change;
  }

  /** Number of the first event of the last tenth. */
  int lastTenth() {
    return (int) (events.count() * 9L / 10);
  }

  /** Lets the change come, before which some events are still sent: they are in flight then. */
  void releaseChange() {
    changeMayCome.countDown();
  }

  void releaseLastTenth() {
    lastTenthMayCome.countDown();
  }

  void start() {
    thread.start();
  }

  /** Tells the checker of the events that the broker has since the last call. */
  void tell(ExportChecker checker) {
    for (Sent event = sent.poll(); event != null; event = sent.poll()) {
      checker.input(event.partition(), event.offset(), event.timestamp(), event.number());
    }
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
    int beforeChange = (int) (events.changeAt() * 9L / 10);
    try {
      for (int i = 0; i < events.count() && failure == null; i++) {
        if (i == beforeChange) {
          pause(changeMayCome);
          change.prepare();
        }
        if (i == events.changeAt()) {
          change.publish();
        }
        if (i == lastTenth()) {
          pause(lastTenthMayCome);
        }
        producer.send(message(i), callback(i));
      }
      producer.flush();
    } catch (InterruptedException closed) {
      // The demo ends early.
    } catch (Exception e) {
      failure = e;
    }
  }

  private void pause(CountDownLatch release) throws InterruptedException {
    producer.flush();
    release.await();
  }

  private ProducerRecord<byte[], byte[]> message(int i) {
    DemoEvents.Entry event = events.entry(i);
    List<Header> headers =
        List.of(new RecordHeader(ExportChecker.TRACE, Integer.toString(i).getBytes(US_ASCII)));
    return new ProducerRecord<>(
        topic, null, event.timestampMillis(), event.key(), event.value(), headers);
  }

  private Callback callback(int number) {
    return (metadata, exception) -> {
      if (exception != null) {
        failure = exception;
      } else {
        sent.add(new Sent(metadata.partition(), metadata.offset(), metadata.timestamp(), number));
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
