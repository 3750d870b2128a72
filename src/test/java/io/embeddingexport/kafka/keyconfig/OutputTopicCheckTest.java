package io.embeddingexport.kafka.keyconfig;

import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.inShort;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.invalid;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.publish;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.publishTo;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.retire;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputTopicCheckTest {
  private final Set<String> topics = new HashSet<>(Set.of("users"));
  private final List<Set<String>> asked = new ArrayList<>();
  private final OutputTopicCheck check =
      new OutputTopicCheck(
          Set.of("events", "letters"),
          names -> {
            asked.add(Set.copyOf(names));
            Set<String> missing = new HashSet<>(names);
            missing.removeAll(topics);
            return missing;
          });

  @Test
  void whatNamesNoTopicShouldPassWithoutAQuestion() throws Exception {
    List<ReceivedKeyConfig> batch = List.of(publish("m", 1), retire("n"), invalid("o"));

    assertThat(check.check(batch)).isEqualTo(batch);
    assertThat(asked).isEmpty();
  }

  @Test
  void aTopicThatIsThereShouldPass() throws Exception {
    List<ReceivedKeyConfig> batch = List.of(publishTo("users", "m", 1));

    assertThat(check.check(batch)).isEqualTo(batch);
  }

  @Test
  void aTopicThatIsNotThereShouldBeRefusedWithPositionModelTopicAndRemedy() throws Exception {
    List<ReceivedKeyConfig> checked =
        check.check(List.of(publish("a", 1), publishTo("nowhere", "m", 2), publish("b", 1)));

    assertThat(inShort(checked)).containsExactly("a=1", "m invalid", "b=1");
    assertThat(((Invalid) checked.get(1).message()).detail())
        .contains("configs-0@7", "'m'", "'nowhere'", "does not exist; create it");
    assertThat(checked.get(1).envelope().value()).isNotEmpty();
  }

  @Test
  void topicsThatAreNotForRecordsShouldBeRefusedEvenIfTheyAreThere() throws Exception {
    topics.add("events");

    assertThat(check.check(List.of(publishTo("events", "m", 1), publishTo("letters", "n", 1))))
        .allSatisfy(
            received ->
                assertThat(((Invalid) received.message()).detail())
                    .contains("input, dead-letter or key-config topic"));
    assertThat(asked).isEmpty();
  }

  @Test
  void eachTopicShouldBeLookedForUntilItIsFoundAndOnceABatch() throws Exception {
    check.check(List.of(publishTo("new", "m", 1), publishTo("users", "n", 1)));
    topics.add("new");
    List<ReceivedKeyConfig> found =
        check.check(List.of(publishTo("new", "m", 1), publishTo("new", "o", 1)));
    check.check(List.of(publishTo("new", "m", 2), publishTo("users", "n", 2)));

    assertThat(inShort(found)).containsExactly("m=1", "o=1");
    assertThat(asked).containsExactly(Set.of("new", "users"), Set.of("new"));
  }
}
