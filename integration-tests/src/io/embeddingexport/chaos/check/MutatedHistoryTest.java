package io.embeddingexport.chaos.check;

import static io.embeddingexport.chaos.check.History.LETTERS;
import static io.embeddingexport.chaos.check.History.RECORDS;
import static io.embeddingexport.chaos.check.History.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.chaos.check.Anomaly.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The checker is checked: whatever is done to a right history, it must see, and name. */
class MutatedHistoryTest {
  // Parts of an origin.
  private static final int MODEL = 0;
  private static final int VERSION = 1;
  private static final int INPUT = 2;

  private static final int INPUTS = 1_500; // so many that every kind is among them
  private static final BrokerState QUIET = new BrokerState(List.of(), Map.of(), Map.of());

  @Property(tries = 50)
  void aRightHistoryShouldBeClean(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    Report report = history.check();
    assertThat(report.first()).isEmpty();
    assertThat(report.inputs()).isEqualTo(INPUTS);
    assertThat(report.records() + report.tombstones() + report.letters()).isEqualTo(INPUTS);
  }

  @Property(tries = 50)
  void aMessageThatIsDroppedShouldBeLost(@ForAll long seed, @ForAll @IntRange(max = 399) int at) {
    History history = new History(seed, INPUTS);
    history.outputs.remove(at);
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.LOST, 1L));
  }

  @Test
  void messagesDroppedInARowShouldBeToldAsOneGap() {
    History history = new History(1, INPUTS);
    history.outputs.removeIf(message -> isOf(message, 0, 5, 8));
    Report report = history.check();
    assertThat(report.counts()).isEqualTo(Map.of(Kind.LOST, 4L));
    assertThat(report.first()).singleElement().asString().contains("to offset 8, 4 inputs");
  }

  private static boolean isOf(
      ConsumerRecord<byte[], byte[]> message, int partition, long first, long last) {
    Place record = Place.ofRecord(message);
    Place place = record == null ? Place.ofLetter(message) : record;
    return place.partition() == partition && place.offset() >= first && place.offset() <= last;
  }

  @Property(tries = 50)
  void aMessageThatIsDoubledShouldBeADuplicate(
      @ForAll long seed, @ForAll @IntRange(max = 399) int at) {
    History history = new History(seed, INPUTS);
    ConsumerRecord<byte[], byte[]> message = history.outputs.get(at);
    history.outputs.add(at(message, 10_000));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.DUPLICATE, 1L));
  }

  @Property(tries = 50)
  void aRecordThatIsALetterTooShouldBeADuplicate(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    ConsumerRecord<byte[], byte[]> record = first(history, MutatedHistoryTest::isRecord);
    Place place = Place.ofRecord(record);
    Headers headers = new RecordHeaders();
    headers.add(ExportChecker.SEQUENCE, text(0));
    headers.add("ee.reason", text("shape"));
    headers.add("ee.topic", text(place.topic()));
    headers.add("ee.partition", text(place.partition()));
    headers.add("ee.offset", text(place.offset()));
    history.outputs.add(History.message(LETTERS, 0, 10_000, record.key(), record.value(), headers));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.DUPLICATE, 1L));
  }

  @Property(tries = 50)
  void twoOfOneKeyThatAreSwappedShouldBeOutOfOrder(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    List<ConsumerRecord<byte[], byte[]>> outputs = history.outputs;
    ConsumerRecord<byte[], byte[]> one = first(history, MutatedHistoryTest::isRecord);
    int from = outputs.indexOf(one);
    int to = from + 1;
    while (outputs.get(to).topic().equals(LETTERS)
        || !new String(outputs.get(to).key()).equals(new String(one.key()))) {
      to++;
    }
    outputs.set(from, outputs.get(to));
    outputs.set(to, one);
    assertThat(history.check().counts()).containsKey(Kind.OUT_OF_ORDER);
  }

  @Property(tries = 50)
  void messagesOfDifferentKeysMayChangePlaces(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    history.outputs.sort(java.util.Comparator.comparing(message -> new String(message.key())));
    assertThat(history.check().first()).isEmpty();
  }

  /**
   * Every bit of a record counts. All are tried: chance took long to find the two high bits of a
   * dimension that its product with the size of a float does not have.
   */
  @Property(tries = 3)
  void aFlippedBitShouldBeAWrongRecord(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    byte[] record = first(history, MutatedHistoryTest::isRecord).value();
    for (int bit = 0; bit < Byte.SIZE * record.length; bit++) {
      record[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(history.check().counts())
          .as("bit %d of byte %d", bit % Byte.SIZE, bit / Byte.SIZE)
          .isEqualTo(Map.of(Kind.WRONG_RECORD, 1L));
      record[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    }
  }

  @Property(tries = 50)
  void aFlippedBitInALetterShouldBeAWrongLetter(
      @ForAll long seed, @ForAll @IntRange(max = 7) int bit) {
    History history = new History(seed, INPUTS);
    ConsumerRecord<byte[], byte[]> letter =
        first(history, m -> m.topic().equals(LETTERS) && m.value().length > 0);
    letter.value()[letter.value().length - 1] ^= (byte) (1 << bit);
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Property(tries = 30)
  void aWrongReasonShouldBeAWrongLetter(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    replace(history, m -> m.topic().equals(LETTERS), "ee.reason", "arity");
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Property(tries = 30)
  void aLetterThatLostAHeaderShouldBeWrong(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    replace(history, m -> m.topic().equals(LETTERS), ExportChecker.SEQUENCE, "999999");
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Property(tries = 30)
  void aFlippedKeyShouldBeAWrongKey(@ForAll long seed, @ForAll @IntRange(max = 399) int at) {
    History history = new History(seed, INPUTS);
    history.outputs.get(at).key()[0] ^= 1;
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_KEY, 1L));
  }

  @Property(tries = 30)
  void aStaleVersionShouldBeAFall(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    int last = history.outputs.size() - 1;
    while (!isRecord(history.outputs.get(last))) {
      last--;
    }
    ConsumerRecord<byte[], byte[]> record = history.outputs.get(last);
    history.outputs.set(last, with(record, "ee.origin", origin(record, VERSION, "1")));
    assertThat(history.check().counts()).containsKey(Kind.VERSION_FELL);
  }

  @Property(tries = 30)
  void bytesOfAnotherVersionThanTheHeadersShouldBeAWrongRecord(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    replaceOrigin(history, VERSION, "2");
    assertThat(history.check().counts()).containsKey(Kind.WRONG_RECORD);
  }

  @Property(tries = 30)
  void aVersionNobodyPublishedShouldBeUnknown(@ForAll long seed) {
    for (String version : new String[] {"9", "", "x", "-1"}) {
      History history = new History(seed, INPUTS);
      replaceOrigin(history, VERSION, version);
      assertThat(history.check().counts()).isEqualTo(Map.of(Kind.UNKNOWN_VERSION, 1L));
    }
  }

  @Property(tries = 30)
  void anotherModelsNameShouldBeAWrongRecord(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    replaceOrigin(history, MODEL, "model-9");
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_RECORD, 1L));
  }

  @Property(tries = 30)
  void anInventedSourceShouldBeUnknownAndTheTrueOneLost(@ForAll long seed) {
    for (String source :
        new String[] {"events:0:9999", "events:7:1", "other:0:1", "events", "", "events:0:-1"}) {
      History history = new History(seed, INPUTS);
      replaceOrigin(history, INPUT, source);
      assertThat(history.check().counts())
          .as(source)
          .containsEntry(Kind.UNKNOWN_SOURCE, 1L)
          .containsEntry(Kind.LOST, 1L);
    }
  }

  @Property(tries = 30)
  void aTombstoneInPlaceOfARecordShouldBeAWrongOutcome(@ForAll long seed) {
    History history = new History(seed, INPUTS);
    int at = history.outputs.indexOf(first(history, MutatedHistoryTest::isRecord));
    ConsumerRecord<byte[], byte[]> record = history.outputs.get(at);
    history.outputs.set(
        at,
        History.message(
            RECORDS, record.partition(), record.offset(), record.key(), null, record.headers()));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_OUTCOME, 1L));
  }

  @Test
  void aRefusedKeyConfigShouldHaveOneLetter() {
    History history = new History(1, INPUTS);
    history.refuse("garbage 1");
    history.refuse("garbage 2");
    assertThat(history.check().first()).isEmpty();
    assertThat(history.check().refusals()).isEqualTo(2);

    history.outputs.add(history.refusal("model-1", "garbage 2", "key-config-refused"));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.DUPLICATE, 1L));
  }

  @Test
  void aRefusedKeyConfigWithoutALetterShouldBeLost() {
    History history = new History(1, INPUTS);
    history.refuse("garbage");
    history.outputs.remove(history.outputs.size() - 1);
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.LOST, 1L));
  }

  @Test
  void aLetterOfAnotherKeyConfigShouldBeUnknownAndAnotherReasonOrModelWrong() {
    History history = new History(1, INPUTS);
    history.outputs.add(history.refusal("model-1", "never sent", "key-config-refused"));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.UNKNOWN_SOURCE, 1L));

    History reason = new History(1, INPUTS);
    reason.refused.add(text("garbage"));
    reason.outputs.add(reason.refusal("model-1", "garbage", "undecodable"));
    assertThat(reason.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));

    History model = new History(1, INPUTS);
    model.refused.add(text("garbage"));
    model.outputs.add(model.refusal("model-0", "garbage", "key-config-refused"));
    assertThat(model.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Test
  void aSecondLetterOfARefusedKeyConfigShouldBeDoubled() {
    RefusedConfigs refused = new RefusedConfigs();
    ConsumerRecord<byte[], byte[]> letter =
        new History(1, 1).refusal("model-1", "garbage", "key-config-refused");
    refused.sent("model-1", text("garbage"));
    assertThat(refused.check(letter)).isNull();
    assertThat(refused.check(letter)).isEqualTo(Kind.DUPLICATE);
  }

  @Test
  void anOutputShouldNameItsInputUntilThatIsSeen() {
    History history = new History(1, INPUTS);
    ExportChecker checker =
        new ExportChecker(
            new CheckPlan(
                History.EVENTS,
                History.PARTITIONS,
                History.CONFIGS,
                RECORDS,
                LETTERS,
                history.events));
    for (int i = 0; i < INPUTS; i++) {
      ConsumerRecord<byte[], byte[]> input = history.inputs.get(i);
      assertThat(checker.unseenInput(history.outputs.get(i)))
          .isEqualTo(new Place(History.EVENTS, input.partition(), input.offset()));
      checker.input(input);
      assertThat(checker.unseenInput(history.outputs.get(i))).isNull();
    }
    assertThat(checker.furthest(0)).isEqualTo(-1);
    assertThat(checker.unseenInput(history.refusal("model-1", "garbage", "x"))).isNull();
  }

  /** An aborted read: one reader saw what the other did not, or saw it otherwise. */
  @Property(tries = 50)
  void readersThatSawDifferentThingsShouldDisagree(
      @ForAll long seed, @ForAll @IntRange(max = 399) int at) {
    History history = new History(seed, INPUTS);
    List<ConsumerRecord<byte[], byte[]>> fewer = new ArrayList<>(history.outputs);
    ConsumerRecord<byte[], byte[]> message = fewer.remove(at);
    assertThat(history.check(history.outputs, fewer, QUIET).counts())
        .isEqualTo(Map.of(Kind.READERS_DISAGREE, 1L));
    assertThat(history.check(fewer, history.outputs, QUIET).counts())
        .isEqualTo(Map.of(Kind.READERS_DISAGREE, 1L, Kind.LOST, 1L));

    fewer.add(with(message, "ee.more", "x"));
    assertThat(history.check(history.outputs, fewer, QUIET).counts())
        .isEqualTo(Map.of(Kind.READERS_DISAGREE, 1L));
  }

  @Test
  void whatIsLeftOpenShouldBeSeen() {
    History history = new History(1, INPUTS);
    assertThat(
            history
                .check(
                    history.outputs,
                    history.outputs,
                    new BrokerState(List.of("job-0-7"), Map.of(), Map.of()))
                .counts())
        .isEqualTo(Map.of(Kind.OPEN_TRANSACTION, 1L));
    assertThat(history.check(history.outputs, history.outputs, History.brokers(5, 6)).counts())
        .isEqualTo(Map.of(Kind.HELD_BACK, 1L));
    assertThat(history.check(history.outputs, history.outputs, History.brokers(6, 6)).isClean())
        .isTrue();
  }

  private static boolean isRecord(ConsumerRecord<byte[], byte[]> message) {
    return message.topic().equals(RECORDS) && message.value() != null;
  }

  private static ConsumerRecord<byte[], byte[]> first(
      History history, Predicate<ConsumerRecord<byte[], byte[]>> which) {
    return history.outputs.stream().filter(which).findFirst().orElseThrow();
  }

  /** Replaces a part of the first record's origin. */
  private static void replaceOrigin(History history, int part, String value) {
    ConsumerRecord<byte[], byte[]> record = first(history, MutatedHistoryTest::isRecord);
    replace(history, MutatedHistoryTest::isRecord, "ee.origin", origin(record, part, value));
  }

  /** The record's origin, {@code model@version topic:partition:offset}, with another part. */
  private static String origin(ConsumerRecord<byte[], byte[]> record, int part, String value) {
    String[] parts =
        new String(record.headers().lastHeader("ee.origin").value(), UTF_8).split("[@ ]");
    parts[part] = value;
    return parts[MODEL] + "@" + parts[VERSION] + " " + parts[INPUT];
  }

  private static void replace(
      History history,
      Predicate<ConsumerRecord<byte[], byte[]>> which,
      String header,
      String value) {
    int at = history.outputs.indexOf(first(history, which));
    history.outputs.set(at, with(history.outputs.get(at), header, value));
  }

  /** With another value of a header, in its place. */
  private static ConsumerRecord<byte[], byte[]> with(
      ConsumerRecord<byte[], byte[]> message, String header, String value) {
    Headers headers = new RecordHeaders();
    boolean replaced = false;
    for (Header old : message.headers()) {
      boolean same = old.key().equals(header);
      headers.add(old.key(), same ? text(value) : old.value());
      replaced |= same;
    }
    if (!replaced) {
      headers.add(header, text(value));
    }
    return History.message(
        message.topic(),
        message.partition(),
        message.offset(),
        message.key(),
        message.value(),
        headers);
  }

  private static ConsumerRecord<byte[], byte[]> at(
      ConsumerRecord<byte[], byte[]> message, long offset) {
    return History.message(
        message.topic(),
        message.partition(),
        offset,
        message.key(),
        message.value(),
        message.headers());
  }
}
