package io.embeddingexport.kafka.positions;

import static io.embeddingexport.kafka.positions.StartFixture.BEGIN;
import static io.embeddingexport.kafka.positions.StartFixture.END;
import static io.embeddingexport.kafka.positions.StartFixture.KEYS;
import static io.embeddingexport.kafka.positions.StartFixture.PARALLELISM;
import static io.embeddingexport.kafka.positions.StartFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link StartRules} refuse, and what they tell people to do. */
class StartRefusalsTest {
  private static final String SET = "bin/embedding-export positions set --config FILE --to ";
  private static final String ADOPT = "bin/embedding-export positions adopt --config FILE";

  private final StartFixture start = new StartFixture();

  private String refusal(String... topics) {
    StartRefusedException refused =
        catchThrowableOfType(StartRefusedException.class, () -> start.decide(topics));
    assertThat(refused).as("a refusal").isNotNull();
    return refused.getMessage();
  }

  /** Lets {@code events} be fine but for partition 1. */
  private void commitOther() {
    start.commit("events", 0, 40);
  }

  @Test
  void anOffsetThatSomebodyElseCommittedIsNoPosition() {
    commitOther();
    start.commit("events", 1, 55, "");

    assertThat(refusal("events"))
        .isEqualTo(
            "events partition 1: offset 55 of group g is not a position of this job:"
                + " something else committed it; to start there: "
                + ADOPT
                + "; to start elsewhere: "
                + SET
                + "POSITION --partition events:1; or use another group (input.group-id) if this"
                + " one belongs to something else");
  }

  @Test
  void aPositionOfAJobWithAnotherPrefixIsAnotherJobs() {
    commitOther();
    PositionMarker ours = start.marker("events");
    PositionMarker other =
        new PositionMarker(ours.run(), List.of(), PARALLELISM, 2, 2, ours.topicId(), "other.");
    start.commit("events", 1, 55, other.text());

    assertThat(refusal("events"))
        .isEqualTo(
            "events partition 1: position 55 of group g is from a job with"
                + " output.transactional-id-prefix other. (run run-a, submitted"
                + " 2026-01-31T12:00:00Z); use another group for this job (input.group-id); or"
                + " adopt the positions if it is the same job: "
                + ADOPT);
  }

  @Test
  void aTopicThatWasCreatedAnewHasOtherMessages() {
    start.commit("events", 0, 40);
    start.commit("events", 1, 41);
    String before = start.topics.get("events").id().toString();
    start.createAnew("events");

    assertThat(refusal("events").lines()).hasSize(3).first().isEqualTo("2 problems:");
    assertThat(refusal("events"))
        .contains(
            "events partition 0: the topic was re-created: position 40 belongs to topic id "
                + before
                + ", and the topic's id is now "
                + start.topics.get("events").id()
                + "; to read it from its beginning: "
                + SET
                + "earliest --topic events");
  }

  @Test
  void inputsThatAreDeletedAndWereNotExportedAreNamed() {
    commitOther();
    start.commit("events", 1, 3);

    assertThat(refusal("events"))
        .isEqualTo(
            "events partition 1: the inputs 3 to 9 are deleted but were not exported: group g"
                + " is at 3, and the topic begins at 10; to continue without them: "
                + SET
                + "offset:events:1=10");
  }

  @Test
  void aPositionBehindTheEndMeansThatMessagesAreGone() {
    commitOther();
    start.commit("events", 1, END + 1);

    assertThat(refusal("events"))
        .isEqualTo(
            "events partition 1: group g is at 101, and the partition ends at 100: messages"
                + " at its end are gone; once the sender has written them again, or if it will"
                + " not: "
                + SET
                + "offset:events:1=100");
  }

  @Test
  void givenThatTheJobMustStartThereThenAPositionOfAnotherRunRefusesIt() {
    commitOther();
    start.commit("events", 1, 41);
    start.mustStartThere("latest");

    assertThat(refusal("events"))
        .contains(
            "events partition 1: --from is given, and group g has a position, 41; leave out"
                + " --from to continue there, or start elsewhere: "
                + SET
                + "POSITION");
  }

  @Test
  void aPartitionThatHadAPositionAndHasNoneAnyMoreIsNotNew() {
    commitOther();

    assertThat(refusal("events"))
        .isEqualTo(
            "events partition 1: group g has no position, although the topic had 2 partitions"
                + " when positions were last committed: it was deleted, was reset or has expired"
                + " (offsets.retention.minutes of the brokers); say where it starts: "
                + SET
                + "offset:events:1=OFFSET");
  }

  @Test
  void aPartitionThatIsMissingIsToldFromOneThatWasAdded() {
    commitOther();
    start.topic("events", 3);
    // The marker was written when there were two.
    start.commit("events", 0, 40, withPartitions(2).text());

    assertThat(refusal("events"))
        .startsWith("events partition 1: group g has no position," + " although");
  }

  private PositionMarker withPartitions(int count) {
    PositionMarker now = start.marker("events");
    return new PositionMarker(
        run("run-a"), List.of(), PARALLELISM, 2, count, now.topicId(), now.prefix());
  }

  @ParameterizedTest
  @CsvSource({"101", "5000"})
  void anInputFromBehindTheEndIsRefused(long offset) {
    start.from("offset:events:0=100,events:1=" + offset);

    assertThat(refusal("events"))
        .isEqualTo(
            "events partition 1: the start offset "
                + offset
                + " is after the partition's end, 100; name an offset up to 100");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 to 9", "9, 9 to 9"})
  void anInputFromBeforeTheFirstMessageIsRefused(long offset, String deleted) {
    start.from("offset:events:0=10,events:1=" + offset);

    assertThat(refusal("events"))
        .isEqualTo(
            "events partition 1: the start offset "
                + offset
                + " is before the first offset, 10: the inputs "
                + deleted
                + " are deleted; name an offset from 10 on, or earliest");
  }

  @Test
  void everyProblemOfEveryPartitionIsNamedAtOnce() {
    start.commit("events", 0, BEGIN - 1);
    start.commit("events", 1, 55, "x");
    start.commit("more", 0, END + 1);
    start.commit(KEYS, 0, 5_000);

    assertThat(refusal().lines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).isEqualTo("4 problems:"),
            line -> assertThat(line).startsWith("  events partition 0: ").contains("deleted"),
            line ->
                assertThat(line).startsWith("  events partition 1: ").contains("something else"),
            line -> assertThat(line).startsWith("  more partition 0: ").contains("gone"),
            line -> assertThat(line).startsWith("  more partition 1: ").contains("no position"));
  }

  @Test
  void whatIsWrongWithAPartitionThatIsNotAskedForIsNotSaid() {
    start.commit("events", 0, 40);
    start.commit("events", 1, 55, "x");

    assertThat(start.decide(List.of(start.topics.get("events").all().get(0)))).hasSize(1);
  }

  @Test
  void aRefusalFailsTheJobForGood() {
    StartRefusedException refused = new StartRefusedException(List.of("a"));

    assertThat(ThrowableClassifier.getThrowableType(refused))
        .isEqualTo(ThrowableType.NonRecoverableError);
    assertThat(refused).hasMessage("a");
    assertThat(new StartRefusedException(List.of("a", "b"))).hasMessage("2 problems:\n  a\n  b");
  }
}
