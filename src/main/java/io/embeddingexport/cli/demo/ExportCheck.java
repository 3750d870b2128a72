package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.demo.Verdict.Outputs;
import io.embeddingexport.export.RejectReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds what came out against what went in, message by message. It makes each event again from the
 * seed, and writes its record with Thrift's generated classes, so that no mistake of the export can
 * hide in it. Not thread-safe.
 *
 * <p>Takes 1 bit and 8 bytes an event, 10 bytes an entity.
 */
final class ExportCheck {
  private static final int PROBLEMS_SHOWN = 5;

  private final DemoEvents events;
  private final Sources sources;
  private final Topics topics;
  private final MessageCheck messages;
  private final BitSet seen;
  private final KeyOrder recordOrder;
  private final KeyOrder deadLetterOrder;

  private final Tally found = new Tally();
  private final List<String> problems = new ArrayList<>();
  private int seenCount;
  private int duplicated;
  private int outOfOrder;
  private int wrong;

  /** The output topics. */
  record Topics(String records, String deadLetters) {}

  ExportCheck(DemoEvents events, Sources sources, Topics topics) {
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
    found.count(message, isRecord);
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
  }

  /** Events of which something has come out. */
  int seen() {
    return seenCount;
  }

  /** The verdict on all messages so far. */
  Verdict verdict() {
    Tally expected = new Tally();
    int lost = 0;
    for (int i = 0; i < events.count(); i++) {
      DemoEvent event = events.get(i);
      expected.count(event.kind());
      if (!seen.get(i)) {
        lost++;
        problem(
            "event %d (%s, %s) at %s:%d:%d came out nowhere"
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
        expected.outputs(), found.outputs(), lost, duplicated, outOfOrder, wrong, problems);
  }

  private void problem(ConsumerRecord<?, ?> message, String what) {
    problem("%s:%d:%d %s".formatted(message.topic(), message.partition(), message.offset(), what));
  }

  private void problem(String text) {
    if (problems.size() < PROBLEMS_SHOWN) {
      problems.add(text);
    }
  }

  /** The number of the last event of each key, and its partition. */
  private static final class KeyOrder {
    private final int[] last;
    private final int[] partition;

    KeyOrder(int entities) {
      last = new int[entities];
      partition = new int[entities];
      Arrays.fill(last, -1);
    }

    boolean isNext(int entity, int number, int ofPartition) {
      boolean isFirst = last[entity] < 0;
      boolean isNext = isFirst || number > last[entity] && ofPartition == partition[entity];
      last[entity] = Math.max(last[entity], number);
      partition[entity] = isFirst ? ofPartition : partition[entity];
      return isNext;
    }
  }

  private static final class Tally {
    private final Map<RejectReason, Integer> deadLetters = new EnumMap<>(RejectReason.class);
    private int records;
    private int tombstones;

    void count(EventKind kind) {
      if (kind.reason() != null) {
        deadLetters.merge(kind.reason(), 1, Integer::sum);
      } else if (kind == EventKind.TOMBSTONE) {
        tombstones++;
      } else {
        records++;
      }
    }

    void count(ConsumerRecord<byte[], byte[]> message, boolean isRecord) {
      if (!isRecord) {
        String label = MessageCheck.text(message.headers().lastHeader("ee.reason"));
        for (RejectReason reason : RejectReason.values()) {
          if (reason.label().equals(label)) {
            deadLetters.merge(reason, 1, Integer::sum);
          }
        }
      } else if (message.value() == null) {
        tombstones++;
      } else {
        records++;
      }
    }

    Outputs outputs() {
      return new Outputs(records, tombstones, Map.copyOf(deadLetters));
    }
  }
}
