package io.embeddingexport.chaos.check;

import static io.embeddingexport.chaos.check.Mutations.VERSION;
import static io.embeddingexport.chaos.check.Mutations.at;
import static io.embeddingexport.chaos.check.Mutations.first;
import static io.embeddingexport.chaos.check.Mutations.isOf;
import static io.embeddingexport.chaos.check.Mutations.isRecord;
import static io.embeddingexport.chaos.check.Mutations.on;
import static io.embeddingexport.chaos.check.Mutations.origin;
import static io.embeddingexport.chaos.check.Mutations.position;
import static io.embeddingexport.chaos.check.Mutations.with;
import static io.embeddingexport.chaos.check.RightHistory.LETTERS;
import static io.embeddingexport.chaos.check.RightHistory.RECORDS;
import static io.embeddingexport.chaos.check.RightHistory.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.audit.Anomaly.Kind;
import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.audit.Report;
import io.embeddingexport.audit.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The checker is checked: whatever is done to a right history, it must see, and name. */
class MutatedHistoryTest {
  private static final int INPUTS = 1_500; // so many that every kind is among them
  private static final BrokerState QUIET = new BrokerState(List.of(), Map.of(), Map.of());

  @Property(tries = 50)
  void aRightHistoryShouldBeClean(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    Report report = history.check();
    assertThat(report.first()).isEmpty();
    assertThat(report.inputs()).isEqualTo(INPUTS);
    assertThat(report.records() + report.tombstones() + report.letters()).isEqualTo(INPUTS);
  }

  @Property(tries = 50)
  void aMessageThatIsDroppedShouldBeLost(@ForAll long seed, @ForAll @IntRange(max = 399) int at) {
    RightHistory history = new RightHistory(seed, INPUTS);
    history.outputs.remove(at);
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.LOST, 1L));
  }

  @Test
  void messagesDroppedInARowShouldBeToldAsOneGap() {
    RightHistory history = new RightHistory(1, INPUTS);
    history.outputs.removeIf(message -> isOf(message, 0, 5, 8));
    Report report = history.check();
    assertThat(report.counts()).isEqualTo(Map.of(Kind.LOST, 4L));
    assertThat(report.first()).singleElement().asString().contains("to offset 8, 4 inputs");
  }

  @Property(tries = 50)
  void aMessageThatIsDoubledShouldBeADuplicate(
      @ForAll long seed, @ForAll @IntRange(max = 399) int at) {
    RightHistory history = new RightHistory(seed, INPUTS);
    ConsumerRecord<byte[], byte[]> message = history.outputs.get(at);
    history.outputs.add(at(message, 10_000));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.DUPLICATE, 1L));
  }

  @Property(tries = 50)
  void aRecordThatIsALetterTooShouldBeADuplicate(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    ConsumerRecord<byte[], byte[]> record = first(history, Mutations::isRecord);
    SourcePosition position = position(record);
    Headers headers = new RecordHeaders();
    headers.add(ExportChecker.TRACE, text(0));
    headers.add("ee.reason", text("shape"));
    headers.add("ee.topic", text(position.topic()));
    headers.add("ee.partition", text(position.partition()));
    headers.add("ee.offset", text(position.offset()));
    history.outputs.add(
        RightHistory.message(
            LETTERS, 0, 10_000, record.timestamp(), record.key(), record.value(), headers));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.DUPLICATE, 1L));
  }

  @Property(tries = 50)
  void twoOfOneKeyThatAreSwappedShouldBeOutOfOrder(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    List<ConsumerRecord<byte[], byte[]>> outputs = history.outputs;
    ConsumerRecord<byte[], byte[]> one = first(history, Mutations::isRecord);
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
    RightHistory history = new RightHistory(seed, INPUTS);
    history.outputs.sort(java.util.Comparator.comparing(message -> new String(message.key())));
    assertThat(history.check().first()).isEmpty();
  }

  @Property(tries = 30)
  void aKeyOnTwoPartitionsShouldBeOutOfOrder(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    int at = history.outputs.size() - 1;
    while (!isRecord(history.outputs.get(at))) {
      at--;
    }
    history.outputs.set(at, on(history.outputs.get(at), RECORDS, 7));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.OUT_OF_ORDER, 1L));
  }

  @Property(tries = 30)
  void twoLettersOfOneKeyThatAreSwappedShouldBeOutOfOrder(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, 4 * INPUTS);
    List<ConsumerRecord<byte[], byte[]>> outputs = history.outputs;
    // The first key with two letters: not every key has two.
    Map<String, Integer> letters = new HashMap<>();
    Integer from = null;
    int to = -1;
    while (from == null) {
      to++;
      if (outputs.get(to).topic().equals(LETTERS)) {
        from = letters.put(new String(outputs.get(to).key()), to);
      }
    }
    ConsumerRecord<byte[], byte[]> one = outputs.get(from);
    outputs.set(from, outputs.get(to));
    outputs.set(to, one);
    assertThat(history.check().counts()).containsOnlyKeys(Kind.OUT_OF_ORDER);
  }

  @Property(tries = 10)
  void aLetterUnderAStaleVersionShouldBeAFallAmongTheRecordsOfItsPartitionAndModel(
      @ForAll long seed) {
    RightHistory history = new RightHistory(seed, 4 * INPUTS);
    List<ConsumerRecord<byte[], byte[]>> outputs = history.outputs;
    int at = outputs.size() - 1;
    while (outputs.get(at).headers().lastHeader("ee.key-config-version") == null) {
      at--;
    }
    outputs.set(at, with(outputs.get(at), "ee.key-config-version", "1"));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.VERSION_DECREASED, 1L));
  }

  @Property(tries = 30)
  void aStaleVersionShouldBeAFall(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    int last = history.outputs.size() - 1;
    while (!isRecord(history.outputs.get(last))) {
      last--;
    }
    ConsumerRecord<byte[], byte[]> record = history.outputs.get(last);
    history.outputs.set(last, with(record, "ee.origin", origin(record, VERSION, "1")));
    assertThat(history.check().counts()).containsKey(Kind.VERSION_DECREASED);
  }

  @Test
  void aRefusedKeyConfigShouldHaveOneLetter() {
    RightHistory history = new RightHistory(1, INPUTS);
    history.refuse("garbage 1");
    history.refuse("garbage 2");
    assertThat(history.check().first()).isEmpty();
    assertThat(history.check().refusals()).isEqualTo(2);

    history.outputs.add(history.refusal("model-1", "garbage 2", "key-config-refused"));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.DUPLICATE, 1L));
  }

  @Test
  void aRefusedKeyConfigWithoutALetterShouldBeLost() {
    RightHistory history = new RightHistory(1, INPUTS);
    history.refuse("garbage");
    history.outputs.remove(history.outputs.size() - 1);
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.LOST, 1L));
  }

  @Test
  void aLetterOfAnotherKeyConfigShouldBeUnknownAndAnotherReasonOrModelWrong() {
    RightHistory history = new RightHistory(1, INPUTS);
    history.outputs.add(history.refusal("model-1", "never sent", "key-config-refused"));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.UNKNOWN_SOURCE, 1L));

    RightHistory reason = new RightHistory(1, INPUTS);
    reason.refused.add(text("garbage"));
    reason.outputs.add(reason.refusal("model-1", "garbage", "undecodable"));
    assertThat(reason.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));

    RightHistory model = new RightHistory(1, INPUTS);
    model.refused.add(text("garbage"));
    model.outputs.add(model.refusal("model-0", "garbage", "key-config-refused"));
    assertThat(model.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Test
  void anOutputShouldNameItsInputUntilThatIsSeen() {
    RightHistory history = new RightHistory(1, INPUTS);
    ExportChecker checker = new ExportChecker(history.plan());
    for (int i = 0; i < INPUTS; i++) {
      ConsumerRecord<byte[], byte[]> input = history.inputs.get(i);
      assertThat(checker.unseenInput(history.outputs.get(i)))
          .isEqualTo(new SourcePosition(RightHistory.EVENTS, input.partition(), input.offset()));
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
    RightHistory history = new RightHistory(seed, INPUTS);
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
    RightHistory history = new RightHistory(1, INPUTS);
    assertThat(
            history
                .check(
                    history.outputs,
                    history.outputs,
                    new BrokerState(List.of("job-0-7"), Map.of(), Map.of()))
                .counts())
        .isEqualTo(Map.of(Kind.OPEN_TRANSACTION, 1L));
    assertThat(history.check(history.outputs, history.outputs, RightHistory.brokers(5, 6)).counts())
        .isEqualTo(Map.of(Kind.HELD_BACK, 1L));
    assertThat(
            history.check(history.outputs, history.outputs, RightHistory.brokers(6, 6)).isClean())
        .isTrue();
  }
}
