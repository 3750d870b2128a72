package io.embeddingexport.cli.demo;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The change of a key config while events flow: publishes the next version, and watches the version
 * of the model's records. The methods of {@link EventFeed.Change} are for the sending thread, all
 * others for the reading thread.
 */
final class LiveChange implements EventFeed.Change, AutoCloseable {
  private final DemoModel model;
  private final int atEvent;
  private final KeyConfigPublisher publisher;
  private final Watch watch;
  private final DemoConsole screen;

  private volatile @Nullable FirstRecord first;
  private volatile @Nullable Long publishedNanos;
  private boolean publicationShown;
  private boolean firstShown;
  private int recordsUnderFirst;
  private int recordsUnderLast;

  /** Starts waiting for the first record under a key config. */
  interface Watch {
    FirstRecord begin(String model, long version);
  }

  /**
   * @param model the model that changes
   * @param atEvent number of the first event made for the next version
   */
  LiveChange(
      DemoModel model, int atEvent, KeyConfigPublisher publisher, Watch watch, DemoConsole screen) {
    this.model = model;
    this.atEvent = atEvent;
    this.publisher = publisher;
    this.watch = watch;
    this.screen = screen;
  }

  /** Prepares, so that {@link #publish} is fast and events are in flight at that time. */
  @Override
  public void prepare() {
    first = watch.begin(model.name(), model.last().version());
  }

  /** Returns when the broker has the next version. */
  @Override
  public void publish() throws Exception {
    publisher.publish(model.last());
    publishedNanos = System.nanoTime();
  }

  /** Takes an output message. */
  void take(ConsumerRecord<byte[], byte[]> message) {
    if (MessageCheck.isUnder(message, model.name(), model.first().version())) {
      recordsUnderFirst++;
    } else if (MessageCheck.isUnder(message, model.name(), model.last().version())) {
      recordsUnderLast++;
    }
  }

  /** Shows what has happened since the last call. */
  void show() {
    if (publishedNanos != null && !publicationShown) {
      publicationShown = true;
      screen.line(
          "  @|bold,cyan ↻|@ published version %d of %s's key config at event %s"
              .formatted(model.last().version(), model.name(), DemoConsole.number(atEvent)));
      screen.line("    it adds " + String.join(" and ", model.additions()));
    }
    long millis = millisToFirst();
    if (millis >= 0 && !firstShown) {
      firstShown = true;
      screen.line(
          "    the first record under it was written %s ms later"
              .formatted(DemoConsole.number(millis)));
    }
  }

  /** Whether there is a record under the next version. */
  boolean hasTakenEffect() {
    return recordsUnderLast > 0;
  }

  ChangeOutcome result() {
    return new ChangeOutcome(
        model.name(),
        model.first().version(),
        model.last().version(),
        atEvent,
        millisToFirst(),
        recordsUnderFirst,
        recordsUnderLast);
  }

  private long millisToFirst() {
    Long from = publishedNanos;
    Long to = first == null ? null : first.nanos();
    return from == null || to == null ? -1 : Math.max(0, to - from) / 1_000_000;
  }

  @Override
  public void close() throws InterruptedException {
    if (first != null) {
      first.close();
    }
  }
}
