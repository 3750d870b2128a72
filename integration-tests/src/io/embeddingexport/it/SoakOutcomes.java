package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.audit.OutputHeaders;
import io.embeddingexport.audit.Report;
import io.embeddingexport.audit.SourcePosition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes each message that came out, once and in the order of its topic. The checker holds it
 * against what was sent: an anomaly fails at once. This counts what the soak test asks for besides.
 */
final class SoakOutcomes {
  private final SoakTopics topics;
  private final SoakTraffic traffic;
  private final ExportChecker checker;
  private final List<String> refused = new ArrayList<>();
  private final BitSet retired = new BitSet();

  SoakOutcomes(SoakTopics topics, SoakTraffic traffic) {
    this.topics = topics;
    this.traffic = traffic;
    this.checker = traffic.checker();
  }

  void take(ConsumerRecord<byte[], byte[]> message) {
    checker.output(message);
    requireClean(checker.report());
    boolean isLetter = message.topic().equals(topics.letters());
    OutputHeaders headers =
        isLetter ? OutputHeaders.ofLetter(message) : OutputHeaders.ofRecord(message);
    SourcePosition position = headers.position();
    if (position.topic().equals(topics.configs())) {
      refused.add(position.partition() + "@" + position.offset());
      return;
    }
    SoakEvent event = traffic.event(SoakEvent.numberAt(position.partition(), position.offset()));
    if (SoakEvent.RETIRED.equals(headers.reason())) {
      retired.set(event.number());
    }
  }

  private static void requireClean(Report report) {
    if (!report.isClean()) {
      throw new AssertionError("anomalies: " + report.first());
    }
  }

  /** Events that have come out. */
  int accounted() {
    return (int) checker.report().outcomes();
  }

  /** Key configs that were refused and have come out. */
  int refusals() {
    return (int) checker.report().refusals();
  }

  /** How many events came to what. */
  Map<String, Long> outcomes() {
    Map<String, Long> outcomes = new TreeMap<>(checker.report().lettersByReason());
    outcomes.put("record", checker.report().records());
    return outcomes;
  }

  /** How many versions records were written under. */
  int versionsSeen() {
    return IntStream.range(0, SoakEvent.MODELS)
        .mapToObj(SoakConfig::modelName)
        .mapToInt(model -> checker.report().recordsByVersion(model).size())
        .sum();
  }

  /** Events of a model that came out as of a retired one. */
  int retired(int model) {
    return (int) retired.stream().filter(n -> traffic.event(n).modelNumber() == model).count();
  }

  /** Whether that became of the model's last event in every partition. */
  boolean isRetired(int model) {
    return lastEvents().values().stream()
        .filter(event -> event.modelNumber() == model)
        .allMatch(event -> retired.get(event.number()));
  }

  /** What is known of events that have not come out. */
  Report missing() {
    return checker.finish();
  }

  /**
   * Nothing is lost, no version falls, each refused key config has its letter. The last event of
   * each partition and model came out under the greatest version that was published.
   */
  void requireAllRight() {
    requireClean(checker.finish());
    assertThat(refused)
        .as("partition@offset of the dead letters of key configs")
        .containsExactlyInAnyOrderElementsOf(traffic.refused());
    lastEvents()
        .values()
        .forEach(
            event ->
                assertThat(checker.versionOf(event.position(topics.events())))
                    .as("version of the last of its partition and model, " + event)
                    .isEqualTo(traffic.version(event.modelNumber())));
  }

  private Map<String, SoakEvent> lastEvents() {
    Map<String, SoakEvent> last = new HashMap<>();
    for (int number = 0; number < traffic.sent(); number++) {
      SoakEvent event = traffic.event(number);
      last.put(event.partition() + "/" + event.modelNumber(), event);
    }
    return last;
  }
}
