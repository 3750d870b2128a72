package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Checks the output against the input, message by message. It makes each event again from the seed,
 * and writes its record with Thrift's generated classes, so that no mistake of the export can hide
 * in it. Not thread-safe.
 *
 * <p>Takes 1 bit and 8 bytes per event, 32 bytes per entity.
 */
final class ExportCheck {
  private static final int PROBLEMS_SHOWN = 5;

  private final DemoEvents events;
  private final InputPlaces sources;
  private final Topics topics;
  private final MessageCheck messages;
  private final BitSet seen;
  private final KeyOrder recordOrder;
  private final KeyOrder deadLetterOrder;

  private final OutputCounts found = new OutputCounts();
  private final List<String> problems = new ArrayList<>();
  private int seenCount;
  private int duplicated;
  private int outOfOrder;
  private int olderVersion;
  private int wrong;

  /** The output topics. */
  record Topics(String records, String deadLetters) {}

  ExportCheck(DemoEvents events, InputPlaces sources, Topics topics) {
    this.events = events;
    this.sources = sources;
    this.topics = topics;
    this.messages = new MessageCheck(topics, sources);
    this.seen = new BitSet(events.count());
    this.recordOrder = new KeyOrder(events.entities());
    this.deadLetterOrder = new KeyOrder(events.entities());
  }

  /** Takes the next message of a partition of an output topic. */
  void accept(ConsumerRecord<byte[], byte[]> message) {
    boolean isRecord = message.topic().equals(topics.records());
    found.count(message, !isRecord);
    int number = events.numberAt(message.timestamp());
    if (number < 0) {
      wrong++;
      problem(message, "has timestamp " + message.timestamp() + ", which no event had");
      return;
    }
    DemoEvent event = events.get(number);
    String fault = messages.fault(message, number, event);
    if (fault != null) {
      wrong++;
      problem(message, fault);
    }
    if (seen.get(number)) {
      duplicated++;
      problem(message, "is the second for event " + number);
      return;
    }
    seen.set(number);
    seenCount++;
    KeyOrder order = isRecord ? recordOrder : deadLetterOrder;
    if (!order.isNext(event.entity(), number, message.partition())) {
      outOfOrder++;
      problem(message, "comes after a later one of its key, or on another partition");
    }
    if (isRecord && message.value() != null) {
      requireNoOlderVersion(message, event);
    }
  }

  private void requireNoOlderVersion(ConsumerRecord<byte[], byte[]> message, DemoEvent event) {
    long version = MessageCheck.version(message);
    if (!recordOrder.isNoOlder(event.entity(), version)) {
      olderVersion++;
      problem(message, "is under version " + version + " after one of its key under a greater one");
    }
  }

  /** Number of events with at least one output message. */
  int seen() {
    return seenCount;
  }

  /** The verdict on all messages so far. */
  Verdict verdict() {
    OutputCounts expected = new OutputCounts();
    int lost = 0;
    for (int i = 0; i < events.count(); i++) {
      DemoEvent event = events.get(i);
      expected.count(event.kind());
      if (!seen.get(i)) {
        lost++;
        problem(
            "event %d (%s, %s) at %s:%d:%d has no output message"
                .formatted(
                    i,
                    new String(event.key(), UTF_8),
                    event.kind(),
                    sources.topic(),
                    sources.partition(i),
                    sources.offset(i)));
      }
    }
    return new Verdict(
        expected.outputs(),
        found.outputs(),
        lost,
        duplicated,
        outOfOrder,
        olderVersion,
        wrong,
        problems);
  }

  private void problem(ConsumerRecord<?, ?> message, String what) {
    problem("%s:%d:%d %s".formatted(message.topic(), message.partition(), message.offset(), what));
  }

  private void problem(String text) {
    if (problems.size() < PROBLEMS_SHOWN) {
      problems.add(text);
    }
  }
}
