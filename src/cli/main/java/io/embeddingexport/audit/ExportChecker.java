package io.embeddingexport.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.embeddingexport.audit.Anomaly.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Checks the outputs of a run, message by message, as readers of committed messages see them. Each
 * input must be added before its output, and the inputs of a partition in their order.
 *
 * <p>Memory: 24 bytes an input, 40 a Kafka key. Not thread-safe.
 */
public final class ExportChecker {
  /** The first header of each input: its number in decimal. */
  public static final String TRACE = "trace";

  private static final long NONE = -1;

  private final CheckPlan plan;
  private final Report report = new Report();
  private final AuditedInputs inputs;
  private final KeyOrder records;
  private final KeyOrder letters;
  private final Map<String, Set<Long>> published = new HashMap<>();
  private final RefusedConfigs refused = new RefusedConfigs();

  /** By partition of the input: the greatest number of an input with an output. */
  private final long[] furthest;

  /** An output and its input. */
  private record Output(
      ConsumerRecord<byte[], byte[]> message,
      OutputHeaders headers,
      SourcePosition position,
      long number,
      LedgerEntry entry) {

    @Override
    public String toString() {
      return entry + " at partition " + position.partition() + " offset " + position.offset();
    }
  }

  public ExportChecker(CheckPlan plan) {
    this.plan = plan;
    inputs = new AuditedInputs(plan.partitions());
    records = new KeyOrder(plan.keys());
    letters = new KeyOrder(plan.keys());
    furthest = new long[plan.partitions()];
    Arrays.fill(furthest, NONE);
  }

  /** Adds a version that may be in force from now on. */
  public void published(String model, long version) {
    published.computeIfAbsent(model, name -> new HashSet<>()).add(version);
  }

  /** Adds a message on the key-config topic that must be refused, and become a dead letter. */
  public void refused(byte[] key, byte[] value) {
    refused.sent(key, value);
  }

  /** Number of refused key configs without a dead letter so far. */
  public long missingRefusals() {
    return refused.missing();
  }

  /** Adds an input, as it is in the input topic. */
  public void input(ConsumerRecord<byte[], byte[]> input) {
    String number = OutputHeaders.text(input, TRACE);
    if (number == null) {
      throw new IllegalArgumentException(
          "the input %s:%d:%d has no header %s"
              .formatted(input.topic(), input.partition(), input.offset(), TRACE));
    }
    input(input.partition(), input.offset(), input.timestamp(), Long.parseLong(number));
  }

  /** Adds an input. */
  public void input(int partition, long offset, long timestamp, long number) {
    report.input();
    inputs.sent(partition, offset, timestamp, number);
  }

  /** The input of an output message if it was not added yet; otherwise null. */
  public @Nullable SourcePosition unseenInput(ConsumerRecord<byte[], byte[]> message) {
    SourcePosition position = headers(message).position();
    return position != null
            && isInput(position)
            && inputs.number(position) == AuditedInputs.NEVER_SENT
        ? position
        : null;
  }

  private boolean isLetter(ConsumerRecord<byte[], byte[]> message) {
    return message.topic().equals(plan.deadLetters());
  }

  private OutputHeaders headers(ConsumerRecord<byte[], byte[]> message) {
    return isLetter(message) ? OutputHeaders.ofLetter(message) : OutputHeaders.ofRecord(message);
  }

  private boolean isInput(SourcePosition position) {
    return position.topic().equals(plan.input()) && position.partition() < plan.partitions();
  }

  /** Checks an output message. */
  public void output(ConsumerRecord<byte[], byte[]> message) {
    OutputHeaders headers = headers(message);
    SourcePosition position = headers.position();
    if (isLetter(message) && position != null && position.topic().equals(plan.configs())) {
      refusal(message);
      return;
    }
    long number =
        position != null && isInput(position) ? inputs.number(position) : AuditedInputs.NEVER_SENT;
    if (position == null || number == AuditedInputs.NEVER_SENT) {
      anomaly(Kind.UNKNOWN_SOURCE, message, "an output of " + position);
      return;
    }
    furthest[position.partition()] = Math.max(furthest[position.partition()], number);
    Output output = new Output(message, headers, position, number, plan.ledger().entry(number));
    long version = isPublished(output) ? headers.version() : OutputHeaders.NO_VERSION;
    if (!inputs.addOutput(position, version)) {
      anomaly(Kind.DUPLICATE, output, "another output of");
    } else if (isLetter(message)) {
      letter(output);
    } else {
      record(output);
    }
  }

  private boolean isPublished(Output output) {
    return published
        .getOrDefault(output.entry().model(), Set.of())
        .contains(output.headers().version());
  }

  private void refusal(ConsumerRecord<byte[], byte[]> letter) {
    report.refusal();
    Kind wrong = refused.check(letter);
    if (wrong != null) {
      anomaly(wrong, letter, "of a refused key config");
    }
  }

  private void letter(Output output) {
    String reason = output.headers().reason();
    report.letter(String.valueOf(reason));
    Expected expected = output.entry().expected(output.headers().version(), reason);
    if (!(expected instanceof Expected.Letter letter)) {
      anomaly(Kind.WRONG_OUTCOME, output, "a dead letter with reason " + reason + " of");
      return;
    }
    requireKeyOrderAndTimestamp(output, letters);
    ConsumerRecord<byte[], byte[]> message = output.message();
    Header first = message.headers().iterator().next();
    boolean isRight =
        Arrays.equals(message.value(), output.entry().value())
            && first.key().equals(TRACE)
            && Arrays.equals(first.value(), text(output.number()))
            && letter.reason().equals(reason)
            && OutputHeaders.text(message, "ee.detail") != null
            && Long.toString(inputs.timestamp(output.position()))
                .equals(OutputHeaders.text(message, "ee.timestamp"));
    if (!isRight) {
      anomaly(
          Kind.WRONG_LETTER,
          output,
          "with reason %s, expected %s, of".formatted(reason, letter.reason()));
    }
  }

  private void record(Output output) {
    boolean isTombstone = output.message().value() == null;
    if (isTombstone) {
      report.tombstone();
    } else {
      report.record(output.entry().model(), output.headers().version());
    }
    Expected expected = output.entry().expected(output.headers().version(), null);
    if (isTombstone != expected instanceof Expected.Tombstone
        || expected instanceof Expected.Letter) {
      anomaly(Kind.WRONG_OUTCOME, output, isTombstone ? "a tombstone of" : "a record of");
      return;
    }
    requireKeyOrderAndTimestamp(output, records);
    if (expected instanceof Expected.Record record) {
      content(output, record);
    } else {
      requirePlacement(output, plan.records(), "");
    }
  }

  private void content(Output output, Expected.Record expected) {
    LedgerEntry entry = output.entry();
    OutputHeaders headers = output.headers();
    long version = headers.version();
    if (!isPublished(output)) {
      anomaly(Kind.UNKNOWN_VERSION, output, "version " + headers.versionText() + " of");
      return;
    }
    long before = records.lastVersion(entry.keyNumber());
    if (!records.isVersionInOrder(entry.keyNumber(), version)) {
      anomaly(Kind.VERSION_DECREASED, output, "from %d to %d at".formatted(before, version));
    }
    if (!entry.model().equals(headers.model())
        || version != expected.version()
        || !Arrays.equals(output.message().value(), expected.value())) {
      anomaly(Kind.WRONG_RECORD, output, "under version " + version + " of");
    }
    requirePlacement(output, plan.recordsOf(entry.model()), headers.model() + "@" + version + " ");
  }

  /** Requires the topic, the exact origin, and the forwarded header. */
  private void requirePlacement(Output output, String topic, String originPrefix) {
    ConsumerRecord<byte[], byte[]> message = output.message();
    if (!message.topic().equals(topic)) {
      anomaly(Kind.WRONG_TOPIC, output, "expected on " + topic + ":");
    }
    Header trace = message.headers().lastHeader(TRACE);
    boolean isTraceRight =
        plan.isTraceForwarded()
            ? trace != null && Arrays.equals(trace.value(), text(output.number()))
            : trace == null;
    String origin = originPrefix + output.position();
    if (!isTraceRight || !origin.equals(OutputHeaders.text(message, "ee.origin"))) {
      anomaly(Kind.WRONG_HEADERS, output, "expected ee.origin " + origin + ",");
    }
  }

  private void requireKeyOrderAndTimestamp(Output output, KeyOrder order) {
    ConsumerRecord<byte[], byte[]> message = output.message();
    int key = output.entry().keyNumber();
    if (!Arrays.equals(message.key(), output.entry().key())) {
      anomaly(Kind.WRONG_KEY, output, "of");
    }
    if (message.timestamp() != inputs.timestamp(output.position())) {
      anomaly(Kind.WRONG_TIMESTAMP, output, "timestamp " + message.timestamp() + " of");
    }
    long before = order.lastOffset(key);
    if (!order.isNext(key, output.position().offset(), message.partition())) {
      anomaly(
          Kind.OUT_OF_ORDER,
          output,
          "on partition %d, after the input at offset %d, comes"
              .formatted(message.partition(), before));
    }
  }

  /**
   * Adds the anomalies that only the end of a run shows. May be called again after more messages.
   */
  public Report finish() {
    for (AuditedInputs.Gap gap : inputs.gaps()) {
      lost(gap);
    }
    for (AuditedInputs.VersionDrop drop :
        inputs.versionDrops(n -> plan.ledger().entry(n).model())) {
      SourcePosition at = new SourcePosition(plan.input(), drop.partition(), drop.offset());
      report.add(
          new Anomaly(
              Kind.VERSION_DECREASED,
              at.topic(),
              at.partition(),
              at.offset(),
              "from %d to %d in the order of the inputs of partition and model, at %s"
                  .formatted(drop.from(), drop.to(), plan.ledger().entry(inputs.number(at)))));
    }
    refused.addMissing(plan.configs(), report);
    return report;
  }

  private void lost(AuditedInputs.Gap gap) {
    SourcePosition first = new SourcePosition(plan.input(), gap.partition(), gap.first());
    report.add(
        new Anomaly(
            Kind.LOST,
            plan.input(),
            gap.partition(),
            gap.first(),
            plan.ledger().entry(inputs.number(first))
                + (gap.inputs() == 1
                    ? ""
                    : " and all after it to offset %d, %d inputs"
                        .formatted(gap.last(), gap.inputs()))),
        gap.inputs());
  }

  /** Number of inputs without an output so far, among those with a number below {@code before}. */
  public long missing(long before) {
    return inputs.missing(before);
  }

  /** The greatest number of an input of that partition with an output; -1: none. */
  public long furthest(int partition) {
    return furthest[partition];
  }

  /** The key-config version that the first output of an input states; less than 0: none. */
  public long versionOf(SourcePosition input) {
    return inputs.version(input);
  }

  /** The counts and anomalies so far. */
  public Report report() {
    return report;
  }

  private void anomaly(Kind kind, Output output, String text) {
    anomaly(kind, output.message(), text + " " + output);
  }

  private void anomaly(Kind kind, ConsumerRecord<byte[], byte[]> message, String text) {
    report.add(new Anomaly(kind, message.topic(), message.partition(), message.offset(), text));
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }
}
