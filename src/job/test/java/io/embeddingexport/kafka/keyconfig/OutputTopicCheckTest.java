package io.embeddingexport.kafka.keyconfig;

import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.inShort;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.invalid;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.publish;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.publishTo;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.retire;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputTopicCheckTest {
  private final FakeTopics topics = new FakeTopics(Map.of("users", 2));
  private final OutputTopicCheck check =
      new OutputTopicCheck(Set.of("events", "letters"), List.of(), topics);

  @Test
  void whatNamesNoTopicShouldPassWithoutAQuestion() throws Exception {
    List<ReceivedKeyConfig> batch = List.of(publish("m", 1), retire("n"), invalid("o"));

    assertThat(check.check(batch)).isEqualTo(batch);
    assertThat(topics.asked).isEmpty();
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
    topics.partitions.put("events", 1);

    assertThat(check.check(List.of(publishTo("events", "m", 1), publishTo("letters", "n", 1))))
        .allSatisfy(
            received ->
                assertThat(((Invalid) received.message()).detail())
                    .contains("input, dead-letter or key-config topic"));
    assertThat(topics.asked).isEmpty();
  }

  @Test
  void eachTopicShouldBeLookedForUntilItIsFoundAndOnceABatch() throws Exception {
    check.check(List.of(publishTo("new", "m", 1), publishTo("users", "n", 1)));
    topics.partitions.put("new", 1);
    List<ReceivedKeyConfig> found =
        check.check(List.of(publishTo("new", "m", 1), publishTo("new", "o", 1)));
    check.check(List.of(publishTo("new", "m", 2), publishTo("users", "n", 2)));

    assertThat(inShort(found)).containsExactly("m=1", "o=1");
    assertThat(topics.asked).containsExactly(Set.of("new", "users"), Set.of("new"));
  }

  @Test
  void whereRecordsKeepTheInputsPartitionATopicOfFewerIsRefusedUntilItHasAsMany() throws Exception {
    FakeTopics brokers = new FakeTopics(Map.of("users", 2, "events", 3, "more", 4, "items", 4));
    OutputTopicCheck asInput =
        new OutputTopicCheck(Set.of("events", "more"), List.of("events", "more"), brokers);

    List<ReceivedKeyConfig> checked =
        asInput.check(List.of(publishTo("users", "m", 1), publishTo("items", "n", 1)));
    assertThat(inShort(checked)).containsExactly("m invalid", "n=1");
    assertThat(((Invalid) checked.get(0).message()).detail())
        .contains("'users' has 2 partitions but needs the 4 of the input", "add partitions");

    brokers.partitions.put("users", 4);
    assertThat(inShort(asInput.check(List.of(publishTo("users", "m", 1))))).containsExactly("m=1");
    brokers.asked.clear();
    asInput.check(List.of(publishTo("users", "m", 2), publishTo("items", "n", 2)));
    assertThat(brokers.asked).as("once found, not asked again").isEmpty();
  }

  @Test
  void aTopicThatCannotBeDescribedIsNotRefused() throws Exception {
    OutputTopicCheck asInput =
        new OutputTopicCheck(
            Set.of("events"), List.of("events"), new FakeTopics(Map.of("users", 2)));

    assertThat(inShort(asInput.check(List.of(publishTo("users", "m", 1))))).containsExactly("m=1");
  }
}
