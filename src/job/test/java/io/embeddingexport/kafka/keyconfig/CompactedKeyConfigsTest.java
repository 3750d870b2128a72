package io.embeddingexport.kafka.keyconfig;

import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.inShort;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.invalid;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.publish;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.retire;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.keys.KeyConfigUpdate;
import io.embeddingexport.keys.ModelState;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CompactedKeyConfigsTest {

  @Test
  void theGreatestVersionShouldStayWhateverTheOrder() {
    assertThat(compacted(publish("m", 2), publish("m", 3), publish("m", 1))).containsExactly("m=3");
  }

  @Test
  void aRetirementAfterTheGreatestVersionShouldComeAfterIt() {
    assertThat(compacted(publish("m", 2), retire("m"))).containsExactly("m=2", "m retired");
    assertThat(compacted(publish("m", 2), retire("m"), publish("m", 1)))
        .containsExactly("m=2", "m retired");
  }

  @Test
  void aModelPublishedAgainShouldNotBeTakenThroughItsRetirement() {
    assertThat(compacted(publish("m", 1), retire("m"), publish("m", 2))).containsExactly("m=2");
  }

  @Test
  void aRetirementOfWhatWasNeverPublishedShouldStay() {
    assertThat(compacted(retire("m"), publish("n", 1))).containsExactly("m retired", "n=1");
  }

  @Test
  void messagesThatCannotBeReadShouldAllStay() {
    assertThat(compacted(invalid("m"), publish("m", 1), invalid("m")))
        .containsExactly("m invalid", "m invalid", "m=1");
  }

  /** The version rule, applied message by message, is the reference. */
  @Property
  void theOutcomeShouldBeThatOfEachMessageInItsOrder(@ForAll("histories") List<Integer> history) {
    List<ReceivedKeyConfig> messages =
        history.stream().map(v -> v == 0 ? retire("m") : publish("m", v)).toList();

    assertThat(outcome(null, compact(messages))).isEqualTo(outcome(null, messages));
  }

  @Property
  void readingAllAgainShouldChangeNothing(@ForAll("histories") List<Integer> history) {
    List<ReceivedKeyConfig> messages =
        history.stream().map(v -> v == 0 ? retire("m") : publish("m", v)).toList();
    ModelState known = outcome(null, messages);

    assertThat(outcome(known, compact(messages))).isEqualTo(known);
  }

  @Provide
  Arbitrary<List<Integer>> histories() {
    return Arbitraries.integers().between(0, 4).list().ofMaxSize(8);
  }

  private static ModelState outcome(ModelState known, List<ReceivedKeyConfig> messages) {
    ModelState entry = known;
    for (ReceivedKeyConfig received : messages) {
      ModelState next = ((KeyConfigUpdate) received.message()).over(entry);
      entry = next == null ? entry : next;
    }
    return entry;
  }

  private static List<ReceivedKeyConfig> compact(List<ReceivedKeyConfig> messages) {
    CompactedKeyConfigs compacted = new CompactedKeyConfigs();
    messages.forEach(compacted::add);
    return new ArrayList<>(compacted.messages());
  }

  private static List<String> compacted(ReceivedKeyConfig... messages) {
    return inShort(compact(List.of(messages)));
  }
}
