package io.embeddingexport.cli.demo;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The change of a key config while events flow: publishes the next version, and watches under which
 * version the model's records come out. What {@link EventFeed.Change} says is for the thread that
 * sends the events, all else for the one that reads the records.
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

  /** Begins to wait for the first record under a key config. */
  interface Watch {
    FirstRecord begin(String model, long version);
  }

  /**
   * @param model that changes
   * @param atEvent number of the first event that is made for the next version
   */
  LiveChange(
      DemoModel model, int atEvent, KeyConfigPublisher publisher, Watch watch, DemoConsole screen) {
    this.model = model;
    this.atEvent = atEvent;
    this.publisher = publisher;
    this.watch = watch;
    this.screen = screen;
  }

  /** So that {@link #publish} takes no longer than that takes, and events are on their way then. */
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

  /** Takes a message that came out. */
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

  /** Whether a record under the next version has come out. */
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
