package io.embeddingexport.kafka;

import static io.embeddingexport.kafka.Broker.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadPositionTest {
  private static final List<String> ONE = List.of("events");
  private static final List<String> TWO = List.of("events", "more");

  private static final TopicPartition P0 = partition("events", 0);
  private static final TopicPartition P1 = partition("events", 1);
  private static final TopicPartition M0 = partition("more", 0);

  private final Broker broker = new Broker();

  @Test
  void fromEarliestShouldBeTheFirstMessageThatIsKept() {
    assertThat(offsets(ReadPosition.from("earliest", ONE), P0, P1))
        .containsOnly(Map.entry(P0, 0L), Map.entry(P1, 10L));
  }

  @Test
  void fromLatestShouldBeTheEndAsItIsAtTheStart() {
    assertThat(offsets(ReadPosition.from("latest", ONE), P0, P1))
        .containsOnly(Map.entry(P0, 9L), Map.entry(P1, 19L));
  }

  @ParameterizedTest
  @CsvSource({
    "timestamp:3000, 3000",
    "timestamp:0, 0",
    "timestamp:1970-01-01T00:00:03Z, 3000",
    "timestamp:1970-01-01T00:00:02.001Z, 2001",
    "timestamp:1970-01-01T02:00:03+02:00, 3000"
  })
  void timestampsShouldBeInstantsOrMilliseconds(String text, long millis) {
    long first = (millis + 999) / 1000;

    for (ReadPosition position :
        List.of(ReadPosition.from(text, ONE), ReadPosition.until(text, ONE))) {
      assertThat(offsets(position, P0, P1))
          .containsOnly(Map.entry(P0, first), Map.entry(P1, 10 + first));
      assertThat(broker.askedForTimes).containsOnly(Map.entry(P0, millis), Map.entry(P1, millis));
    }
  }

  @Test
  void givenATimestampAfterTheLastMessageThenItIsTheEnd() {
    assertThat(offsets(ReadPosition.from("timestamp:9000000", ONE), P0))
        .containsOnly(Map.entry(P0, 9L));
    assertThat(offsets(ReadPosition.until("timestamp:9000000", ONE), P0))
        .containsOnly(Map.entry(P0, 9L));
  }

  @Test
  void aStarShouldBeEveryPartitionNotNamed() {
    ReadPosition from = ReadPosition.from("offset:events:0=7,*=0", TWO);
    ReadPosition until = ReadPosition.until("offset:*=0,events:0=9", TWO);

    assertThat(offsets(from, P0, P1, M0))
        .containsOnly(Map.entry(P0, 7L), Map.entry(P1, 0L), Map.entry(M0, 0L));
    assertThat(offsets(until, P0, P1, M0))
        .containsOnly(Map.entry(P0, 9L), Map.entry(P1, 0L), Map.entry(M0, 0L));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.from("offset:*=0,*=1", ONE))
        .withMessageContaining("invalid offset '*=1'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"offset:0=7,1=15", "offset: 0 = 7 , 1 = 15 ", "offset:events:0=7, events:1=15"})
  void offsetsShouldBeByPartition(String text) {
    Map<TopicPartition, Long> stated = Map.of(P0, 7L, P1, 15L);

    assertThat(offsets(ReadPosition.from(text, ONE), P0, P1)).isEqualTo(stated);
    assertThat(offsets(ReadPosition.until(text, ONE), P0, P1)).isEqualTo(stated);
  }

  @Test
  void givenSeveralTopicsThenEachPlaceNamesItsOwn() {
    String text = "offset:events:0=7,more:0=8";

    assertThat(offsets(ReadPosition.from(text, TWO), P0, M0))
        .containsOnly(Map.entry(P0, 7L), Map.entry(M0, 8L));
    assertThat(offsets(ReadPosition.until(text, TWO), P0, M0))
        .containsOnly(Map.entry(P0, 7L), Map.entry(M0, 8L));
  }

  @Test
  void theLargestPartitionAndOffsetShouldBeTaken() {
    TopicPartition last = partition("events", Integer.MAX_VALUE);

    assertThat(offsets(ReadPosition.until("offset:2147483647=9223372036854775807", ONE), last))
        .containsOnly(Map.entry(last, Long.MAX_VALUE));
  }

  @Test
  void aPartitionThatOffsetsDoNotNameShouldBeReadWhole() {
    ReadPosition from = ReadPosition.from("offset:0=7", ONE);

    assertThat(offsets(from, P0, P1)).containsOnly(Map.entry(P0, 7L), Map.entry(P1, 10L));
    assertThat(offsets(ReadPosition.until("offset:0=7", ONE), P0, P1))
        .containsOnly(Map.entry(P0, 7L), Map.entry(P1, 19L));
  }

  @Test
  void givenAllPartitionsNamedThenTheBrokersAreNotAsked() {
    assertThat(offsets(ReadPosition.until("offset:0=0,1=3", ONE), P0, P1))
        .containsOnly(Map.entry(P0, 0L), Map.entry(P1, 3L));
    assertThat(broker.askedForEnds).isEmpty();
  }

  @Test
  void partitionsThatWereNotAskedForShouldNotBeAnswered() {
    assertThat(offsets(ReadPosition.until("offset:0=7,1=15", ONE), P0))
        .containsOnly(Map.entry(P0, 7L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest", "timestamp:3000", "offset:0=7", "offset:0=7,*=1"})
  void givenACopyAsFlinkShipsItThenItAnswersTheSame(String text) throws Exception {
    ReadPosition from = ReadPosition.from(text, ONE);

    assertThat(InstantiationUtil.clone(from)).isEqualTo(from);
    assertThat(offsets(InstantiationUtil.clone(from), P0, P1)).isEqualTo(offsets(from, P0, P1));
  }

  @Test
  void untilNoneShouldNeverStop() {
    assertThat(ReadPosition.until("none", ONE)).isNull();
  }

  @Test
  void untilLatestShouldBeTheEndAsItIsAtTheStart() {
    assertThat(offsets(ReadPosition.until("latest", ONE), P0, P1))
        .containsOnly(Map.entry(P0, 9L), Map.entry(P1, 19L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "none",
        "committed",
        "Latest",
        " latest",
        "timestamp",
        "timestamp=5",
        "offset",
        "0=1"
      })
  void givenNoneOfItsFormsThenFromNamesThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.from(text, ONE))
        .withMessage(
            "must be one of earliest, latest, timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "committed", "earliest", "None", "latest ", "timestamps:5", "offset"})
  void givenNoneOfItsFormsThenUntilNamesThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.until(text, ONE))
        .withMessage(
            "must be one of none, latest, timestamp:2026-01-31T12:00:00Z," + " offset:0=12,1=40");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        " 5",
        "yesterday",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "1969-12-31T23:59:59.999Z",
        "9223372036854775808",
        "+1000000000-12-31T23:59:59Z",
        "٣"
      })
  void givenNoTimeSince1970ThenTheErrorQuotesItAndSaysWhatToGive(String time) {
    String message =
        "'"
            + time
            + "' is not a time since 1970: write 2026-01-31T12:00:00Z or milliseconds since the"
            + " epoch";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.from("timestamp:" + time, ONE))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.until("timestamp:" + time, ONE))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "=5",
        "0=",
        "0=x",
        "x=0",
        "-1=0",
        "0=-1",
        "2147483648=0",
        "0=9223372036854775808",
        "0:1",
        "other:0=1",
        ":0=1",
        "events:=1",
        "0=1=2"
      })
  void givenABadPlaceThenTheErrorQuotesItAndSaysWhatToWrite(String place) {
    String message = badPlaces("'" + place + "'", "events");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.from("offset:" + place, ONE))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.until("offset:" + place, ONE))
        .withMessage(message);
  }

  @Test
  void everyBadPlaceShouldBeNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.from("offset:0=1,x,1=2,y=3,", ONE))
        .withMessage(badPlaces("'x', 'y=3', ''", "events"));
  }

  @Test
  void givenAPartitionTwiceThenTheSecondIsBad() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.from("offset:0=1,events:0=2", ONE))
        .withMessage(badPlaces("'events:0=2'", "events"));
  }

  @Test
  void givenSeveralTopicsThenAPlaceWithoutOneIsBad() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPosition.from("offset:0=1,more:0=2", TWO))
        .withMessage(badPlaces("'0=1'", "events, more"));
  }

  private static String badPlaces(String quoted, String topics) {
    return "invalid offset "
        + quoted
        + ": write PARTITION=OFFSET, or TOPIC:PARTITION=OFFSET if there are several topics; each"
        + " partition once, of an input topic ("
        + topics
        + "); *=OFFSET for every other partition";
  }

  private Map<TopicPartition, Long> offsets(ReadPosition position, TopicPartition... partitions) {
    return position.offsets(List.of(partitions), broker);
  }
}
