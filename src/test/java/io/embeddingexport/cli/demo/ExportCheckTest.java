package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.demo.ExportCheck.Topics;
import io.embeddingexport.export.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of damage to a right output must change the verdict, and only in its own count. */
class ExportCheckTest {
  private static final int COUNT = 9_000;
  private static final Topics TOPICS = new Topics("records", "letters");

  private final DemoEvents events = DemoFixtures.events(COUNT);
  private final InputPlaces sources = new InputPlaces("events", COUNT);
  private final List<ConsumerRecord<byte[], byte[]>> output = new ArrayList<>();

  @BeforeEach
  void exportRightly() throws Exception {
    for (int i = 0; i < COUNT; i++) {
      sources.put(i, i % 3, i / 3);
      output.add(rightOutput(i, events.get(i).madeFor().version()));
    }
  }

  @Test
  void givenTheRightOutputThenTheVerdictIsClean() {
    Verdict verdict = verdict();
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.isClean()).isTrue();
    assertThat(verdict.found()).isEqualTo(verdict.expected());
    assertThat(verdict.expected().records()).isEqualTo(COUNT - 2 * COUNT / 1000);
    assertThat(verdict.expected().tombstones()).isEqualTo(COUNT / 1000);
    assertThat(verdict.expected().allDeadLetters()).isEqualTo(COUNT / 1000);
  }

  @ParameterizedTest
  @EnumSource(
      value = EventKind.class,
      names = {"GOOD", "TOMBSTONE", "GARBAGE", "OTHER_SHAPE"})
  void givenADroppedMessageThenItIsLost(EventKind kind) {
    output.remove(first(kind));

    assertCounts(verdict(), 1, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = EventKind.class,
      names = {"GOOD", "TOMBSTONE", "GARBAGE"})
  void givenARepeatedMessageThenItIsDuplicated(EventKind kind) {
    int at = first(kind);
    output.add(output.get(at));
    assertCounts(verdict(), 0, 1, 0, 0, 0);
  }

  @Test
  void givenTwoSwappedMessagesOfAKeyThenOneIsOutOfOrder() {
    int first = first(EventKind.GOOD);
    int entity = events.get(first).entity();
    int second =
        indexOf(
            i ->
                i > first
                    && events.get(i).entity() == entity
                    && events.get(i).kind() == EventKind.GOOD);
    ConsumerRecord<byte[], byte[]> later = output.get(second);
    output.set(second, output.get(first));
    output.set(first, later);
    Verdict verdict = verdict();
    assertThat(verdict.outOfOrder()).isPositive();
    assertCounts(verdict, 0, 0, verdict.outOfOrder(), 0, 0);
  }

  @Test
  void givenAKeyOnTwoPartitionsThenItIsOutOfOrder() {
    int first = first(EventKind.GOOD);
    int entity = events.get(first).entity();
    int second = indexOf(i -> i > first && events.get(i).entity() == entity);
    replace(second, message -> onPartition(message, message.partition() + 1));
    assertCounts(verdict(), 0, 0, 1, 0, 0);
  }

  @Test
  void givenAnyFlippedBitOfARecordThenItIsWrong() {
    int at = first(EventKind.GOOD);
    byte[] right = output.get(at).value();
    List<ConsumerRecord<byte[], byte[]>> flips = new ArrayList<>();
    for (int bit = 0; bit < right.length * 8; bit++) {
      byte[] flipped = right.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      flips.add(withValue(output.get(at), flipped));
    }

    assertThat(verdict(flips).wrong()).isEqualTo(right.length * 8);
  }

  @Test
  void givenAFlippedByteOfADeadLetterThenItIsWrong() {
    int at = first(EventKind.TRUNCATED);
    byte[] flipped = output.get(at).value().clone();
    flipped[flipped.length - 1]++;
    output.set(at, withValue(output.get(at), flipped));
    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  @Test
  void givenAByteAfterARecordThenItIsWrong() {
    int at = first(EventKind.GOOD);
    byte[] right = output.get(at).value();
    output.set(at, withValue(output.get(at), java.util.Arrays.copyOf(right, right.length + 1)));
    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  @Test
  void givenATombstoneInPlaceOfARecordThenItIsWrongAndTheCountsDiffer() {
    replace(first(EventKind.GOOD), message -> withValue(message, null));
    Verdict verdict = verdict();
    assertCounts(verdict, 0, 0, 0, 0, 1);
    assertThat(verdict.found()).isNotEqualTo(verdict.expected());
  }

  @Test
  void givenARecordInPlaceOfATombstoneThenItIsWrong() {
    byte[] record = output.get(first(EventKind.GOOD)).value();
    replace(first(EventKind.TOMBSTONE), message -> withValue(message, record));

    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  @Test
  void givenAnotherKeyThenItIsWrong() {
    int at = first(EventKind.GOOD);
    ConsumerRecord<byte[], byte[]> message = output.get(at);
    output.set(
        at, message(message, message.topic(), message.partition(), bytes("x"), message.value()));

    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  @Test
  void givenADeadLetterOnTheRecordTopicThenItIsWrong() {
    replace(
        first(EventKind.GARBAGE),
        m -> message(m, TOPICS.records(), m.partition(), m.key(), m.value()));

    Verdict verdict = verdict();
    assertCounts(verdict, 0, 0, 0, 0, 1);
    assertThat(verdict.found().records()).isEqualTo(verdict.expected().records() + 1);
  }

  @Test
  void givenEventsOnTheirWayThatCameOutUnderTheNextVersionThenTheVerdictIsClean() throws Exception {
    for (int i = events.changeAt() / 2; i < events.changeAt(); i++) {
      output.set(i, rightOutput(i, DemoFixtures.NEXT_USER.version()));
    }

    assertThat(verdict().problems()).isEmpty();
    assertThat(verdict().isClean()).isTrue();
  }

  @Test
  void givenARecordUnderTheFirstVersionAfterOneOfItsKeyUnderTheNextThenThatIsCounted()
      throws Exception {
    int first = userEvent(0);
    output.set(first, rightOutput(first, DemoFixtures.NEXT_USER.version()));

    Verdict verdict = verdict();
    assertThat(verdict.problems().get(0)).contains("under version 3 after one of its key");
    assertCounts(verdict, 0, 0, 0, verdict.olderVersion(), 0);
  }

  @Test
  void givenARecordThatNamesTheNextVersionAndIsOfTheFirstThenItIsWrong() {
    int last = lastUserEventBeforeTheChange();
    changeVersion(last, 4);

    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  @Test
  void givenARecordThatNamesTheFirstVersionAndIsOfTheNextThenItIsWrong() throws Exception {
    int last = lastUserEventBeforeTheChange();
    output.set(last, rightOutput(last, DemoFixtures.NEXT_USER.version()));
    changeVersion(last, 3);

    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  @Test
  void givenAnEventForTheNextVersionThatCameOutUnderTheFirstThenItIsWrong() {
    int at = userEvent(events.changeAt());
    changeVersion(at, 3);

    Verdict verdict = verdict();
    assertThat(verdict.wrong()).isEqualTo(1);
    assertThat(verdict.problems().get(0)).contains("@3 ", "expected user@4 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trace", "ee.origin"})
  void givenARecordWithAnotherHeaderThenItIsWrong(String name) {
    changeHeader(first(EventKind.GOOD), name);

    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trace", "ee.reason", "ee.topic", "ee.partition", "ee.offset", "ee.timestamp"})
  void givenADeadLetterWithAnotherHeaderThenItIsWrong(String name) {
    changeHeader(first(EventKind.GARBAGE), name);

    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  @Test
  void givenADeadLetterWithAnotherReasonThenTheCountsDiffer() {
    changeHeader(first(EventKind.GARBAGE), "ee.reason", RejectReason.ARITY.label());

    Verdict verdict = verdict();
    assertThat(verdict.found().deadLetters()).isNotEqualTo(verdict.expected().deadLetters());
    assertThat(verdict.problems()).singleElement().asString().contains("ee.reason arity");
  }

  @Test
  void givenAMessageOfNoEventThenItIsWrong() {
    ConsumerRecord<byte[], byte[]> any = output.get(0);
    output.add(
        new ConsumerRecord<>(
            any.topic(),
            0,
            999,
            DemoFixtures.FIRST_TIMESTAMP + COUNT,
            TimestampType.CREATE_TIME,
            0,
            0,
            any.key(),
            any.value(),
            any.headers(),
            Optional.empty()));

    assertCounts(verdict(), 0, 0, 0, 0, 1);
  }

  private static void assertCounts(
      Verdict verdict, int lost, int duplicated, int outOfOrder, int olderVersion, int wrong) {
    assertThat(verdict.isClean()).isFalse();
    assertThat(verdict.problems()).isNotEmpty();
    assertThat(
            List.of(
                verdict.lost(),
                verdict.duplicated(),
                verdict.outOfOrder(),
                verdict.olderVersion(),
                verdict.wrong()))
        .as("lost, duplicated, out of order, older version, wrong; %s", verdict.problems())
        .containsExactly(lost, duplicated, outOfOrder, olderVersion, wrong);
  }

  private Verdict verdict() {
    return verdict(output);
  }

  private Verdict verdict(List<ConsumerRecord<byte[], byte[]>> messages) {
    ExportCheck check = new ExportCheck(events, sources, TOPICS);
    messages.forEach(check::accept);
    return check.verdict();
  }

  private int first(EventKind kind) {
    return indexOf(i -> events.get(i).kind() == kind);
  }

  private int userEvent(int from) {
    return indexOf(
        i ->
            i >= from && events.get(i).model().changes() && events.get(i).kind() == EventKind.GOOD);
  }

  private int lastUserEventBeforeTheChange() {
    int last = userEvent(0);
    for (int i = last; i < events.changeAt(); i = userEvent(i + 1)) {
      last = i;
    }
    return last;
  }

  private static int indexOf(Predicate<Integer> isIt) {
    for (int i = 0; i < COUNT; i++) {
      if (isIt.test(i)) {
        return i;
      }
    }
    throw new AssertionError("no such event");
  }

  private void replace(
      int at, java.util.function.UnaryOperator<ConsumerRecord<byte[], byte[]>> change) {
    output.set(at, change.apply(output.get(at)));
  }

  private void changeVersion(int at, long version) {
    String origin = new String(output.get(at).headers().lastHeader("ee.origin").value(), UTF_8);
    changeHeader(at, "ee.origin", origin.replaceFirst("@\\d+ ", "@" + version + " "));
  }

  private void changeHeader(int at, String name) {
    changeHeader(at, name, "other");
  }

  private void changeHeader(int at, String name, String value) {
    output.get(at).headers().remove(name).add(name, bytes(value));
  }

  /** What a right export makes of event {@code i} under {@code version}. */
  private ConsumerRecord<byte[], byte[]> rightOutput(int i, long version) throws Exception {
    DemoEvent event = events.get(i);
    RecordHeaders headers = new RecordHeaders();
    Consumer<String[]> add = h -> headers.add(h[0], bytes(h[1]));
    add.accept(new String[] {"trace", Integer.toHexString(i)});
    String topic = "records";
    byte[] value = null;
    String origin = "events:" + i % 3 + ":" + i / 3;
    Expected expected = event.expected(version);
    if (expected instanceof Expected.Record record) {
      value = new TSerializer(new TBinaryProtocol.Factory()).serialize(record.content());
      origin = record.model() + "@" + record.keyConfigVersion() + " " + origin;
    }
    if (expected instanceof Expected.DeadLetter letter) {
      topic = "letters";
      value = event.value();
      add.accept(new String[] {"ee.reason", letter.reason().label()});
      add.accept(new String[] {"ee.detail", "because"});
      add.accept(new String[] {"ee.topic", "events"});
      add.accept(new String[] {"ee.partition", "" + i % 3});
      add.accept(new String[] {"ee.offset", "" + i / 3});
      add.accept(new String[] {"ee.timestamp", "" + event.timestampMillis()});
    } else {
      add.accept(new String[] {"ee.origin", origin});
    }
    return new ConsumerRecord<>(
        topic,
        event.entity() % 4,
        i,
        event.timestampMillis(),
        TimestampType.CREATE_TIME,
        0,
        0,
        event.key(),
        value,
        headers,
        Optional.empty());
  }

  private static ConsumerRecord<byte[], byte[]> withValue(
      ConsumerRecord<byte[], byte[]> message, byte[] value) {
    return message(message, message.topic(), message.partition(), message.key(), value);
  }

  private static ConsumerRecord<byte[], byte[]> onPartition(
      ConsumerRecord<byte[], byte[]> message, int partition) {
    return message(message, message.topic(), partition, message.key(), message.value());
  }

  private static ConsumerRecord<byte[], byte[]> message(
      ConsumerRecord<byte[], byte[]> like, String topic, int partition, byte[] key, byte[] value) {
    return new ConsumerRecord<>(
        topic,
        partition,
        like.offset(),
        like.timestamp(),
        like.timestampType(),
        0,
        0,
        key,
        value,
        like.headers(),
        Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
