package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.audit.Anomaly.Kind;
import io.embeddingexport.audit.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The demo's events before the checker: what comes out under either version of a key config. */
class DemoAuditTest {
  private static final int COUNT = 9_000;
  private static final long FIRST = DemoFixtures.USER.version();
  private static final long NEXT = DemoFixtures.NEXT_USER.version();

  private final DemoEvents events = DemoFixtures.events(COUNT);
  private final List<ConsumerRecord<byte[], byte[]>> output = new ArrayList<>();

  DemoAuditTest() {
    for (int i = 0; i < COUNT; i++) {
      output.add(RightOutput.of(events, i, events.entry(i).sample().config().version()));
    }
  }

  private Report report() {
    return RightOutput.checked(events, output).finish();
  }

  @Test
  void givenTheRightOutputThenItIsCleanAndAsManyAsExpected() {
    Report report = report();
    DemoResult.Counts expected = events.expected();

    assertThat(report.first()).isEmpty();
    assertThat(report.records()).isEqualTo(expected.records()).isEqualTo(COUNT - 2 * COUNT / 1000);
    assertThat(report.tombstones()).isEqualTo(expected.tombstones()).isEqualTo(COUNT / 1000);
    assertThat(report.lettersByReason()).isEqualTo(expected.deadLetters());
    assertThat(report.letters()).isEqualTo(COUNT / 1000);
  }

  @Test
  void givenEventsOnTheirWayThatCameOutUnderTheNextVersionThenItIsClean() {
    for (int i = events.changeAt() / 2; i < events.changeAt(); i++) {
      output.set(i, RightOutput.of(events, i, NEXT));
    }

    assertThat(report().first()).isEmpty();
  }

  @Test
  void givenARecordUnderTheFirstVersionAfterOneOfItsKeyUnderTheNextThenItFell() {
    int first = userEvent(0);
    output.set(first, RightOutput.of(events, first, NEXT));

    assertThat(report().counts()).containsOnlyKeys(Kind.VERSION_DECREASED);
  }

  @Test
  void givenARecordThatNamesTheNextVersionAndIsOfTheFirstThenItIsWrong() {
    changeVersion(lastUserEventBeforeTheChange(), NEXT);

    assertThat(report().counts()).isEqualTo(Map.of(Kind.WRONG_RECORD, 1L));
  }

  @Test
  void givenARecordThatNamesTheFirstVersionAndIsOfTheNextThenItIsWrong() {
    int last = lastUserEventBeforeTheChange();
    output.set(last, RightOutput.of(events, last, NEXT));
    changeVersion(last, FIRST);

    assertThat(report().counts()).isEqualTo(Map.of(Kind.WRONG_RECORD, 1L));
  }

  @Test
  void givenAnEventForTheNextVersionThatCameOutUnderTheFirstThenItIsWrong() {
    changeVersion(userEvent(events.changeAt()), FIRST);

    assertThat(report().counts()).containsEntry(Kind.WRONG_RECORD, 1L);
  }

  @Test
  void givenNothingOfAnEventThenItIsLostAndToldByItsNumber() {
    int first = userEvent(0);
    output.remove(first);

    assertThat(report().counts()).isEqualTo(Map.of(Kind.LOST, 1L));
    assertThat(report().first()).singleElement().asString().contains("event " + first + " (user:");
  }

  private int userEvent(int from) {
    int i = from;
    while (output.get(i).value() == null || !events.entry(i).model().equals("user")) {
      i++;
    }
    return i;
  }

  private int lastUserEventBeforeTheChange() {
    int last = userEvent(0);
    for (int i = last; i < events.changeAt(); i = userEvent(i + 1)) {
      last = i;
    }
    return last;
  }

  private void changeVersion(int at, long version) {
    String origin = new String(output.get(at).headers().lastHeader("ee.origin").value(), UTF_8);
    String changed = origin.replaceFirst("@\\d+ ", "@" + version + " ");
    output.get(at).headers().remove("ee.origin").add("ee.origin", changed.getBytes(UTF_8));
  }
}
