package io.embeddingexport.chaos.check;

import static io.embeddingexport.chaos.check.Mutations.INPUT;
import static io.embeddingexport.chaos.check.Mutations.MODEL;
import static io.embeddingexport.chaos.check.Mutations.VERSION;
import static io.embeddingexport.chaos.check.Mutations.first;
import static io.embeddingexport.chaos.check.Mutations.on;
import static io.embeddingexport.chaos.check.Mutations.position;
import static io.embeddingexport.chaos.check.Mutations.replace;
import static io.embeddingexport.chaos.check.Mutations.replaceOrigin;
import static io.embeddingexport.chaos.check.RightHistory.LETTERS;
import static io.embeddingexport.chaos.check.RightHistory.RECORDS;
import static io.embeddingexport.chaos.check.RightHistory.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.audit.Anomaly.Kind;
import io.embeddingexport.audit.ExportChecker;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The checker is checked: whatever is done to a message of a right history, it must name. */
class MutatedMessageTest {
  private static final int INPUTS = 1_500; // so many that every kind is among them

  /**
   * Every bit of a record counts. All are tried: chance took long to find the two high bits of a
   * dimension that its product with the size of a float does not have.
   */
  @Property(tries = 3)
  void aFlippedBitShouldBeAWrongRecord(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    byte[] record = first(history, Mutations::isRecord).value();
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
    RightHistory history = new RightHistory(seed, INPUTS);
    ConsumerRecord<byte[], byte[]> letter =
        first(history, m -> m.topic().equals(LETTERS) && m.value().length > 0);
    letter.value()[letter.value().length - 1] ^= (byte) (1 << bit);
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Property(tries = 30)
  void aWrongReasonShouldBeAWrongLetter(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    replace(history, m -> m.topic().equals(LETTERS), "ee.reason", "arity");
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Property(tries = 30)
  void aLetterThatLostAHeaderShouldBeWrong(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    replace(history, m -> m.topic().equals(LETTERS), ExportChecker.TRACE, "999999");
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Property(tries = 30)
  void aFlippedKeyShouldBeAWrongKey(@ForAll long seed, @ForAll @IntRange(max = 399) int at) {
    RightHistory history = new RightHistory(seed, INPUTS);
    history.outputs.get(at).key()[0] ^= 1;
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_KEY, 1L));
  }

  @Property(tries = 30)
  void anotherTimestampShouldBeWrong(@ForAll long seed, @ForAll @IntRange(max = 399) int at) {
    RightHistory history = new RightHistory(seed, INPUTS);
    ConsumerRecord<byte[], byte[]> message = history.outputs.get(at);
    history.outputs.set(
        at,
        RightHistory.message(
            message.topic(),
            message.partition(),
            message.offset(),
            message.timestamp() + 1,
            message.key(),
            message.value(),
            message.headers()));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_TIMESTAMP, 1L));
  }

  @Property(tries = 30)
  void aRecordOnAnotherTopicShouldBeWrong(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    int at = history.outputs.indexOf(first(history, Mutations::isRecord));
    ConsumerRecord<byte[], byte[]> record = history.outputs.get(at);
    history.outputs.set(at, on(record, "other", record.partition()));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_TOPIC, 1L));
  }

  @Property(tries = 10)
  void aLetterAmongTheRecordsShouldBeOfUnknownSourceAndItsInputLost(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    int at = history.outputs.indexOf(first(history, m -> m.topic().equals(LETTERS)));
    history.outputs.set(at, on(history.outputs.get(at), RECORDS, 0));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.UNKNOWN_SOURCE, 1L, Kind.LOST, 1L));
  }

  @Property(tries = 10)
  void aForwardedHeaderThatChangesOrIsMissingOrNotAskedForShouldBeWrong(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS, true);
    assertThat(history.check().first()).isEmpty();
    replace(history, Mutations::isRecord, ExportChecker.TRACE, "999999");
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_HEADERS, 1L));
    first(history, Mutations::isRecord).headers().remove(ExportChecker.TRACE);
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_HEADERS, 1L));

    RightHistory notAsked = new RightHistory(seed, INPUTS);
    first(notAsked, Mutations::isRecord).headers().add(ExportChecker.TRACE, text("0"));
    assertThat(notAsked.check().counts()).isEqualTo(Map.of(Kind.WRONG_HEADERS, 1L));
  }

  @Property(tries = 10)
  void anOriginInAnotherFormShouldBeAWrongHeader(@ForAll long seed) {
    RightHistory record = new RightHistory(seed, INPUTS);
    replaceOrigin(record, VERSION, "01");
    assertThat(record.check().counts()).isEqualTo(Map.of(Kind.WRONG_HEADERS, 1L));

    RightHistory tombstone = new RightHistory(seed, INPUTS);
    ConsumerRecord<byte[], byte[]> message =
        first(tombstone, m -> m.topic().equals(RECORDS) && m.value() == null);
    replace(tombstone, message::equals, "ee.origin", "model-0@1 " + position(message));
    assertThat(tombstone.check().counts()).containsEntry(Kind.WRONG_HEADERS, 1L);
  }

  @Property(tries = 10)
  void aLetterWithoutDetailOrWithAnotherTimestampShouldBeWrong(@ForAll long seed) {
    RightHistory detail = new RightHistory(seed, INPUTS);
    first(detail, m -> m.topic().equals(LETTERS)).headers().remove("ee.detail");
    assertThat(detail.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));

    RightHistory timestamp = new RightHistory(seed, INPUTS);
    replace(timestamp, m -> m.topic().equals(LETTERS), "ee.timestamp", "999999");
    assertThat(timestamp.check().counts()).isEqualTo(Map.of(Kind.WRONG_LETTER, 1L));
  }

  @Property(tries = 30)
  void bytesOfAnotherVersionThanTheHeadersShouldBeAWrongRecord(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    replaceOrigin(history, VERSION, "2");
    assertThat(history.check().counts()).containsKey(Kind.WRONG_RECORD);
  }

  @Property(tries = 30)
  void aVersionNobodyPublishedShouldBeUnknown(@ForAll long seed) {
    for (String version : new String[] {"9", "", "x", "-1"}) {
      RightHistory history = new RightHistory(seed, INPUTS);
      replaceOrigin(history, VERSION, version);
      assertThat(history.check().counts()).isEqualTo(Map.of(Kind.UNKNOWN_VERSION, 1L));
    }
  }

  @Property(tries = 30)
  void anotherModelsNameShouldBeAWrongRecord(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    replaceOrigin(history, MODEL, "model-9");
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_RECORD, 1L));
  }

  @Property(tries = 30)
  void anInventedSourceShouldBeUnknownAndTheTrueOneLost(@ForAll long seed) {
    for (String source :
        new String[] {"events:0:9999", "events:7:1", "other:0:1", "events", "", "events:0:-1"}) {
      RightHistory history = new RightHistory(seed, INPUTS);
      replaceOrigin(history, INPUT, source);
      assertThat(history.check().counts())
          .as(source)
          .containsEntry(Kind.UNKNOWN_SOURCE, 1L)
          .containsEntry(Kind.LOST, 1L);
    }
  }

  @Property(tries = 30)
  void aTombstoneInPlaceOfARecordShouldBeAWrongOutcome(@ForAll long seed) {
    RightHistory history = new RightHistory(seed, INPUTS);
    int at = history.outputs.indexOf(first(history, Mutations::isRecord));
    ConsumerRecord<byte[], byte[]> record = history.outputs.get(at);
    history.outputs.set(
        at,
        RightHistory.message(
            RECORDS,
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.key(),
            null,
            record.headers()));
    assertThat(history.check().counts()).isEqualTo(Map.of(Kind.WRONG_OUTCOME, 1L));
  }
}
