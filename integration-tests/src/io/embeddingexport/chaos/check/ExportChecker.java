package io.embeddingexport.chaos.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.embeddingexport.chaos.check.Anomaly.Kind;
import io.embeddingexport.chaos.ledger.LedgerConfig;
import io.embeddingexport.chaos.ledger.LedgerEvent;
import io.embeddingexport.chaos.ledger.LedgerKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Checks what a job made of a run's inputs, message by message, as readers of committed messages
 * see them. First come all inputs, in the order of their partitions; or at least each before its
 * output.
 *
 * <p>Memory: 8 bytes an input and 16 an output message. Not thread-safe.
 */
public final class ExportChecker {
  /** Header of an input that holds its sequence number in decimal. */
  public static final String SEQUENCE = "ledger-sequence";

  private static final long NONE = -1;

  private final CheckPlan plan;
  private final Report report = new Report();
  private final Readers readers = new Readers();

  private final Inputs inputs;

  /** By entity: offset and version of the last record or tombstone. */
  private final long[] lastOffset;

  private final long[] lastVersion;
  private final Map<Integer, Set<Long>> published = new HashMap<>();
  private final RefusedConfigs refused = new RefusedConfigs();

  /** By partition of the input: the greatest sequence number of which something was made. */
  private final long[] furthest;

  public ExportChecker(CheckPlan plan) {
    this.plan = plan;
    inputs = new Inputs(plan.partitions());
    lastOffset = new long[plan.events().entities()];
    lastVersion = new long[plan.events().entities()];
    Arrays.fill(lastOffset, NONE);
    furthest = new long[plan.partitions()];
    Arrays.fill(furthest, NONE);
  }

  /** A version that may be in force from now on. */
  public void published(LedgerConfig config) {
    published.computeIfAbsent(config.model(), model -> new HashSet<>()).add(config.version());
  }

  /**
   * A message that must be refused on the topic of key configs, and become one dead letter.
   *
   * @param value unlike that of any other
   */
  public void refused(String model, byte[] value) {
    refused.sent(model, value);
  }

  /** How many refused key configs have no letter yet. */
  public long missingRefusals() {
    return refused.missing();
  }

  /**
   * The greatest sequence number in a partition of the input of which something was made; -1 if
   * nothing was.
   */
  public long furthest(int partition) {
    return furthest[partition];
  }

  /** The input of an output message if it has not been seen yet; null if it has, or is none. */
  public Place unseenInput(ConsumerRecord<byte[], byte[]> message) {
    Place place = place(message);
    return isInput(place) && inputs.sequence(place) == Inputs.NEVER_SENT ? place : null;
  }

  private Place place(ConsumerRecord<byte[], byte[]> message) {
    return message.topic().equals(plan.deadLetters())
        ? Place.ofLetter(message)
        : Place.ofRecord(message);
  }

  private boolean isInput(Place place) {
    return place != null
        && place.topic().equals(plan.input())
        && place.partition() < plan.partitions();
  }

  /** An input, as it stands in the input topic. */
  public void input(ConsumerRecord<byte[], byte[]> input) {
    report.input();
    inputs.sent(input.partition(), input.offset(), Long.parseLong(Place.text(input, SEQUENCE)));
  }

  /** An output message, as the reader beside the run sees it. */
  public void output(ConsumerRecord<byte[], byte[]> message) {
    readers.beside(message);
    boolean letter = message.topic().equals(plan.deadLetters());
    Place place = place(message);
    if (letter && place != null && place.topic().equals(plan.configs())) {
      refusal(message);
      return;
    }
    long sequence = isInput(place) ? inputs.sequence(place) : Inputs.NEVER_SENT;
    if (sequence == Inputs.NEVER_SENT) {
      anomaly(Kind.UNKNOWN_SOURCE, message, "made of " + place);
      return;
    }
    furthest[place.partition()] = Math.max(furthest[place.partition()], sequence);
    LedgerEvent event = plan.events().event(sequence);
    if (inputs.made(place) > 1) {
      anomaly(Kind.DUPLICATE, message, "once more of " + describe(event, place));
    } else if (letter) {
      letter(message, event, place);
    } else {
      record(message, event, place);
    }
  }

  private void refusal(ConsumerRecord<byte[], byte[]> letter) {
    report.refusal();
    Kind wrong = refused.check(letter);
    if (wrong != null) {
      anomaly(wrong, letter, "of a refused key config");
    }
  }

  private void letter(ConsumerRecord<byte[], byte[]> message, LedgerEvent event, Place place) {
    report.letter();
    if (event.kind().reason() == null) {
      anomaly(Kind.WRONG_OUTCOME, message, "a dead letter of " + describe(event, place));
      return;
    }
    requireKey(message, event, place);
    Header first = message.headers().iterator().next();
    boolean headers =
        first.key().equals(SEQUENCE)
            && Arrays.equals(first.value(), Long.toString(event.sequence()).getBytes(US_ASCII));
    String reason = Place.text(message, "ee.reason");
    if (!Arrays.equals(message.value(), event.value())
        || !headers
        || !event.kind().reason().equals(reason)) {
      anomaly(
          Kind.WRONG_LETTER, message, "with reason " + reason + " of " + describe(event, place));
    }
  }

  private void record(ConsumerRecord<byte[], byte[]> message, LedgerEvent event, Place place) {
    boolean tombstone = message.value() == null;
    if (tombstone) {
      report.tombstone();
    } else {
      report.record();
    }
    if (event.kind() != (tombstone ? LedgerKind.TOMBSTONE : LedgerKind.EVENT)) {
      anomaly(
          Kind.WRONG_OUTCOME,
          message,
          (tombstone ? "a tombstone of " : "a record of ") + describe(event, place));
      return;
    }
    requireKey(message, event, place);
    if (place.offset() <= lastOffset[event.entity()]) {
      anomaly(
          Kind.OUT_OF_ORDER,
          message,
          "after the input at offset "
              + lastOffset[event.entity()]
              + " comes "
              + describe(event, place));
    }
    lastOffset[event.entity()] = place.offset();
    if (!tombstone) {
      version(message, event, place);
    }
  }

  private void version(ConsumerRecord<byte[], byte[]> message, LedgerEvent event, Place place) {
    String text = Place.version(message);
    long version = Place.isNumber(text) ? Long.parseLong(text) : NONE;
    if (!published.getOrDefault(event.model(), Set.of()).contains(version)) {
      anomaly(Kind.UNKNOWN_VERSION, message, "version " + text + " of " + describe(event, place));
      return;
    }
    if (version < lastVersion[event.entity()]) {
      anomaly(
          Kind.VERSION_FELL,
          message,
          "from "
              + lastVersion[event.entity()]
              + " to "
              + version
              + " at "
              + describe(event, place));
    }
    lastVersion[event.entity()] = version;
    RecordParser.Vector vector = RecordParser.parse(message.value());
    boolean model = ("model-" + event.model()).equals(Place.model(message));
    if (vector == null
        || !model
        || !vector.is(LedgerConfig.key(event.model(), version), event.vector())) {
      anomaly(
          Kind.WRONG_RECORD, message, "under version " + version + " of " + describe(event, place));
    }
  }

  private void requireKey(ConsumerRecord<byte[], byte[]> message, LedgerEvent event, Place place) {
    if (!Arrays.equals(message.key(), event.key())) {
      anomaly(Kind.WRONG_KEY, message, "of " + describe(event, place));
    }
  }

  /** An output message, as a new reader sees it after the run. */
  public void finalOutput(ConsumerRecord<byte[], byte[]> message) {
    readers.after(message);
  }

  /** After the last message: what is missing, and what is still open. */
  public Report finish(BrokerState brokers) {
    inputs.gaps().forEach(this::lost);
    refused.addMissing(plan.configs(), report);
    readers.compare(report);
    for (String id : brokers.openTransactions()) {
      report.add(new Anomaly(Kind.OPEN_TRANSACTION, "", -1, -1, id));
    }
    for (Map.Entry<TopicPartition, Long> end : brokers.logEnd().entrySet()) {
      long lastStable = brokers.lastStable().getOrDefault(end.getKey(), 0L);
      if (lastStable < end.getValue()) {
        report.add(
            new Anomaly(
                Kind.HELD_BACK,
                end.getKey().topic(),
                end.getKey().partition(),
                lastStable,
                "the partition's end is " + end.getValue()));
      }
    }
    return report;
  }

  private void lost(Inputs.Gap gap) {
    Place first = new Place(plan.input(), gap.partition(), gap.first());
    LedgerEvent event = plan.events().event(inputs.sequence(first));
    report.add(
        new Anomaly(
            Kind.LOST,
            plan.input(),
            gap.partition(),
            gap.first(),
            describe(event, first)
                + (gap.inputs() == 1
                    ? ""
                    : " and all after it to offset "
                        + gap.last()
                        + ", "
                        + gap.inputs()
                        + " inputs")),
        gap.inputs());
  }

  /** Of how many inputs with a sequence number less than this one nothing was made yet. */
  public long missing(long before) {
    return inputs.missing(before);
  }

  /** What is known so far. */
  public Report report() {
    return report;
  }

  private void anomaly(Kind kind, ConsumerRecord<byte[], byte[]> message, String text) {
    report.add(new Anomaly(kind, message.topic(), message.partition(), message.offset(), text));
  }

  private static String describe(LedgerEvent event, Place place) {
    return "input "
        + event.sequence()
        + " ("
        + event.kind()
        + ", entity "
        + event.entity()
        + ") at partition "
        + place.partition()
        + " offset "
        + place.offset();
  }
}
