package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.consumer.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes each message that came out, once and in the order it stands on its topic, and holds it
 * against what was sent: what is wrong fails at once, and says where it stands.
 */
final class SoakLedger {
  private final SoakTopics topics;
  private final SoakTraffic traffic;

  /** By event: the version its outcome names; 0 while there is none. */
  private final byte[] versionOf;

  private final int[] lastRecord = new int[SoakEvent.KEYS];
  private final int[] lastLetter = new int[SoakEvent.KEYS];
  private final Set<SoakConfig> seen = new HashSet<>();
  private final List<String> refused = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final BitSet retired = new BitSet();
  private int accounted;

  SoakLedger(SoakTopics topics, SoakTraffic traffic, int events) {
    this.topics = topics;
    this.traffic = traffic;
    this.versionOf = new byte[events];
    Arrays.fill(lastRecord, -1);
    Arrays.fill(lastLetter, -1);
  }

  /** Events that have come out. */
  int accounted() {
    return accounted;
  }

  /** Key configs that were refused and have come out. */
  int refusals() {
    return refused.size();
  }

  /** How many events came to what. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }

  /** Versions that records were written under. */
  Set<SoakConfig> seen() {
    return seen;
  }

  /** Events of a model that came out as of a retired one. */
  int retired(int model) {
    return (int) retired.stream().filter(n -> traffic.event(n).model() == model).count();
  }

  /** Whether that became of the model's last event in every partition. */
  boolean isRetired(int model) {
    Map<Integer, Integer> last = new HashMap<>();
    for (int number = 0; number < traffic.sent(); number++) {
      SoakEvent event = traffic.event(number);
      if (event.model() == model) {
        last.put(event.partition(), number);
      }
    }
    return last.values().stream().allMatch(retired::get);
  }

  void take(ConsumerRecord<byte[], byte[]> read) {
    OutputMessage message = new OutputMessage(read);
    if (!message.topic().equals(topics.letters())) {
      takeRecord(message);
    } else if (message.header("ee.topic").equals(topics.configs())) {
      assertThat(message.header("ee.reason"))
          .as(message.toString())
          .isEqualTo("key-config-refused");
      refused.add(message.header("ee.partition") + "@" + message.header("ee.offset"));
    } else {
      takeLetter(message);
    }
  }

  private void takeRecord(OutputMessage message) {
    Origin origin = origin(message);
    String[] source = origin.input().split(":", -1);
    assertThat(source[0]).as(message.toString()).isEqualTo(topics.events());
    SoakEvent event = event(source[1], source[2]);
    SoakConfig config = new SoakConfig(event.model(), (int) origin.keyConfigVersion());
    String what = what(message, event, config);
    assertThat(message.topic()).as(what).isEqualTo(topics.recordsOf(event.model()));
    assertThat(origin.model()).as(what).isEqualTo(config.modelName());
    assertThat(config.rejection(event)).as(what + " had to be rejected").isNull();
    if (!Arrays.equals(message.value(), config.record(event))) {
      throw new AssertionError(
          what + " is no record of that version; it holds " + message.content());
    }
    seen.add(config);
    account(message, event, config, lastRecord, "record");
  }

  private void takeLetter(OutputMessage message) {
    assertThat(message.header("ee.topic")).as(message.toString()).isEqualTo(topics.events());
    SoakEvent event = event(message.header("ee.partition"), message.header("ee.offset"));
    SoakConfig config = config(message, event);
    String what = what(message, event, config);
    String reason = message.header("ee.reason");
    if (reason.equals("model-retired")) {
      assertThat(traffic.wasRetired(event.model())).as(what + " is retired").isTrue();
      retired.set(event.number());
    } else {
      assertThat(reason).as(what + " has the reason").isEqualTo(config.rejection(event));
      assertThat(config.version())
          .as(what + " was not waited for")
          .isGreaterThanOrEqualTo(event.pin());
    }
    assertThat(message.value()).as(what).isEqualTo(event.value());
    account(message, event, config, lastLetter, reason);
  }

  private SoakEvent event(String partition, String offset) {
    int number = SoakEvent.numberAt(Integer.parseInt(partition), Long.parseLong(offset));
    assertThat(number).as("an event's number").isBetween(0, traffic.sent() - 1);
    return traffic.event(number);
  }

  private static Origin origin(OutputMessage message) {
    return Origin.parse(message.header("ee.origin").getBytes(UTF_8));
  }

  private static SoakConfig config(OutputMessage message, SoakEvent event) {
    return new SoakConfig(event.model(), Integer.parseInt(message.header("ee.key-config-version")));
  }

  private void account(
      OutputMessage message, SoakEvent event, SoakConfig config, int[] last, String outcome) {
    String what = what(message, event, config);
    assertThat(message.key()).as(what).isEqualTo(event.keyBytes());
    assertThat(versionOf[event.number()])
        .as(what + " comes out again; the version it came out under before")
        .isZero();
    int before = last[event.key()];
    if (before >= 0) {
      assertThat(event.number())
          .as(what + " comes after a later event of its key")
          .isGreaterThan(before);
      assertThat(config.version())
          .as(what + " after " + traffic.event(before) + " of its key")
          .isGreaterThanOrEqualTo(versionOf[before]);
    }
    last[event.key()] = event.number();
    versionOf[event.number()] = (byte) config.version();
    outcomes.merge(outcome, 1, Integer::sum);
    accounted++;
  }

  /** The first events that have not come out, at most 20. */
  List<SoakEvent> missing() {
    return IntStream.range(0, traffic.sent())
        .filter(number -> versionOf[number] == 0)
        .mapToObj(traffic::event)
        .limit(20)
        .toList();
  }

  /** That none came out twice is seen as it comes. */
  void requireEachEventOnce() {
    assertThat(missing()).as("events that came out nowhere").isEmpty();
  }

  /**
   * In the order in which events were sent, records and dead letters together, no version is
   * smaller than the one before: of a partition and a model, and so of a key. The last of each is
   * the greatest that was published.
   */
  void requireVersionsNeverFall() {
    Map<String, SoakEvent> last = new HashMap<>();
    for (int number = 0; number < traffic.sent(); number++) {
      SoakEvent event = traffic.event(number);
      SoakEvent before = last.put(event.partition() + "/" + event.model(), event);
      if (before != null && versionOf[before.number()] > versionOf[number]) {
        throw new AssertionError(
            event
                + " came out under version "
                + versionOf[number]
                + " after "
                + before
                + " under version "
                + versionOf[before.number()]);
      }
    }
    last.values()
        .forEach(
            event ->
                assertThat((int) versionOf[event.number()])
                    .as("version of the last of its partition and model, " + event)
                    .isEqualTo(traffic.version(event.model())));
  }

  void requireEachRefusedOnce() {
    assertThat(refused)
        .as("partition@offset of the dead letters of key configs")
        .containsExactlyInAnyOrderElementsOf(traffic.refused());
  }

  private static String what(OutputMessage message, SoakEvent event, SoakConfig config) {
    return message + ": " + event + " under " + config;
  }
}
