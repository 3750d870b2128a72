package io.embeddingexport.kafka.sink;

import static io.embeddingexport.kafka.sink.Inputs.KEY;
import static io.embeddingexport.kafka.sink.Inputs.VALUE;
import static io.embeddingexport.kafka.sink.Inputs.header;
import static io.embeddingexport.kafka.sink.Inputs.headers;
import static io.embeddingexport.kafka.sink.Inputs.hex;
import static io.embeddingexport.kafka.sink.Inputs.input;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.export.KeyConfigId;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputMessagesTest {
  private static final byte[] RECORD = hex("0d 00 00 01");
  private static final OutputTopics TOPICS = new OutputTopics("records", "dead");

  // "m7@12 events:3:42" and "events:3:42" in ASCII.
  private static final String ORIGIN = "ee.origin=6d37403132206576656e74733a333a3432";
  private static final String TOMBSTONE_ORIGIN = "ee.origin=6576656e74733a333a3432";

  @Test
  void aRecordShouldHaveTheEventsKeyTheRecordsBytesAndOurHeaders() {
    ProducerRecord<byte[], byte[]> message = serialize(input(KEY, VALUE), exported(5, null));

    assertThat(message.topic()).isEqualTo("records");
    assertThat(message.partition()).as("left to the partitioner").isNull();
    assertThat(message.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(message.key()).isEqualTo(hex("6b 00 ff"));
    assertThat(message.value()).isEqualTo(hex("0d 00 00 01"));
    assertThat(headers(message)).containsExactly(ORIGIN);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00 00 00 00 00 00 00 00",
    "258, 00 00 00 00 00 00 01 02",
    "72623859790382856, 01 02 03 04 05 06 07 08",
    "-2, ff ff ff ff ff ff ff fe",
    "-9223372036854775808, 80 00 00 00 00 00 00 00"
  })
  void givenAnEventWithoutAKeyThenTheRecordsKeyIsTheEntityIdBigEndian(long entityId, String key) {
    ProducerRecord<byte[], byte[]> message =
        serialize(input(null, VALUE), exported(entityId, null));

    assertThat(message.key()).isEqualTo(hex(key));
  }

  @Test
  void givenAnEmptyKeyThenItIsKept() {
    assertThat(serialize(input(new byte[0], VALUE), exported(5, null)).key()).isEmpty();
  }

  @Test
  void givenAModelWithATopicThenItsRecordsGoThere() {
    ProducerRecord<byte[], byte[]> message = serialize(input(KEY, VALUE), exported(5, "of-m7"));

    assertThat(message.topic()).isEqualTo("of-m7");
    assertThat(headers(message)).containsExactly(ORIGIN);
  }

  @Test
  void aTombstoneShouldHaveItsKeyNoValueAndWhereItStood() {
    ProducerRecord<byte[], byte[]> message = serialize(input(KEY, null), Tombstone.INSTANCE);

    assertThat(message.topic()).isEqualTo("records");
    assertThat(message.partition()).isNull();
    assertThat(message.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(message.key()).isEqualTo(hex("6b 00 ff"));
    assertThat(message.value()).isNull();
    assertThat(headers(message)).containsExactly(TOMBSTONE_ORIGIN);
  }

  @Test
  void givenADeletionWithoutAKeyThenItsTombstoneHasTheKeyOfTheEntity() {
    assertThat(serialize(input(null, VALUE), new Tombstone(null, Bytes.ofUtf8("e"))).key())
        .isEqualTo(hex("65"));
  }

  @Test
  void givenATombstoneOfAModelWithATopicThenItGoesThere() {
    assertThat(serialize(input(KEY, null), new Tombstone("music-records")).topic())
        .isEqualTo("music-records");
  }

  @Test
  void aDeadLetterShouldGoToItsTopicWithTheInputAsItCame() {
    ProducerRecord<byte[], byte[]> message = serialize(input(KEY, VALUE), rejected());

    assertThat(message.topic()).isEqualTo("dead");
    assertThat(message.partition()).isNull();
    assertThat(message.key()).isEqualTo(hex("6b 00 ff"));
    assertThat(message.value()).isEqualTo(hex("0b 80 ff 00"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1_700_000_000_000L, Long.MAX_VALUE})
  void aTimestampShouldBeKept(long millis) {
    for (Outcome outcome : List.of(exported(5, null), rejected(), Tombstone.INSTANCE)) {
      assertThat(serialize(Inputs.at(millis), outcome).timestamp()).isEqualTo(millis);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -2, Long.MIN_VALUE})
  void givenNoTimestampOrANegativeOneThenTheProducerSetsIt(long millis) {
    for (Outcome outcome : List.of(exported(5, null), rejected(), Tombstone.INSTANCE)) {
      assertThat(serialize(Inputs.at(millis), outcome).timestamp()).isNull();
    }
  }

  @Test
  void listedHeadersShouldComeFirstInTheirOrderDuplicatesAndNullsToo() {
    Header[] originals = {
      header("trace", "b"),
      header("Trace", "other case"),
      new RecordHeader("span", null),
      header("secret", "s"),
      header("trace", "a"),
      new RecordHeader("span", new byte[0])
    };
    String[] forwarded = {"trace=62", "span=null", "trace=61", "span="};
    OutputMessages messages = messages(List.of("span", "trace", "absent"));

    assertThat(headers(serialize(messages, input(KEY, VALUE, originals), exported(5, null))))
        .startsWith(forwarded)
        .endsWith(ORIGIN)
        .hasSize(5);
    assertThat(headers(serialize(messages, input(KEY, null, originals), Tombstone.INSTANCE)))
        .startsWith(forwarded)
        .endsWith(TOMBSTONE_ORIGIN)
        .hasSize(5);
  }

  @Test
  void givenNoListThenNoHeaderIsForwarded() {
    assertThat(headers(serialize(input(KEY, VALUE, header("trace", "a")), exported(5, null))))
        .containsExactly(ORIGIN);
  }

  @Test
  void asInputRecordsAndTombstonesKeepTheirPartitionAndDeadLettersGoByKey() {
    OutputMessages messages = new OutputMessages(TOPICS, OutputPartitions.AS_INPUT, List.of());

    assertThat(serialize(messages, input(KEY, VALUE), exported(5, "own")).partition()).isEqualTo(3);
    assertThat(serialize(messages, input(KEY, null), Tombstone.INSTANCE).partition()).isEqualTo(3);
    assertThat(serialize(messages, input(KEY, VALUE), rejected()).partition()).isNull();
    assertThat(serialize(messages(List.of()), input(KEY, VALUE), exported(5, null)).partition())
        .as("by key")
        .isNull();
  }

  /** The items of an input share its key, but are of different entities. */
  @Test
  void anItemsRecordShouldHaveItsEntityAsKeyAndItsIndexInItsOrigin() {
    Envelope input = input(KEY, VALUE);
    OutputMessages messages = messages(List.of());

    ProducerRecord<byte[], byte[]> record =
        messages.of(new Decision(input, exported(258, null), 4));
    ProducerRecord<byte[], byte[]> letter = messages.of(new Decision(input, rejected(), 5));

    assertThat(record.key()).isEqualTo(hex("00 00 00 00 00 00 01 02"));
    assertThat(headers(record)).containsExactly(ORIGIN + "2334"); // "#4"
    assertThat(letter.key()).isEqualTo(hex("6b 00 ff"));
    assertThat(headers(letter)).contains("ee.item=35");
  }

  @Test
  void givenANamedEntityWithoutAKeyThenItsNameIsTheKey() {
    Exported exported = new Exported(RECORD, 0, hex("61 62"), new KeyConfigId("m7", 12), null);

    assertThat(serialize(input(null, VALUE), exported).key()).isEqualTo(hex("61 62"));
    assertThat(serialize(input(KEY, VALUE), exported).key()).isEqualTo(hex("6b 00 ff"));
  }

  private static Exported exported(long entityId, String topic) {
    return new Exported(RECORD, entityId, new KeyConfigId("m7", 12), topic);
  }

  private static Rejected rejected() {
    return new Rejected(RejectReason.ARITY, "two tensors", null, 0);
  }

  private static ProducerRecord<byte[], byte[]> serialize(Envelope input, Outcome outcome) {
    return serialize(messages(List.of()), input, outcome);
  }

  private static ProducerRecord<byte[], byte[]> serialize(
      OutputMessages messages, Envelope input, Outcome outcome) {
    return messages.of(new Decision(input, outcome));
  }

  private static OutputMessages messages(List<String> forwardHeaders) {
    return new OutputMessages(TOPICS, OutputPartitions.BY_KEY, forwardHeaders);
  }
}
