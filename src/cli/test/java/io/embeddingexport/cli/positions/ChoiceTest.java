package io.embeddingexport.cli.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.cli.clients.CommandException;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {
  private static final List<String> NONE = List.of();
  private static final List<String> TWO = List.of("in", "a:b");

  @Test
  void withoutAChoiceAllAreIncluded() {
    assertThat(Choice.of(NONE, NONE, TWO).includes(new TopicPartition("in", 3))).isTrue();
  }

  @Test
  void partitionsAndTopicsAreIncluded() {
    Choice choice = Choice.of(List.of("in:1"), List.of("a:b"), TWO);

    assertThat(choice.includes(new TopicPartition("in", 1))).isTrue();
    assertThat(choice.includes(new TopicPartition("in", 0))).isFalse();
    assertThat(choice.includes(new TopicPartition("a:b", 5))).isTrue();
  }

  @Test
  void ofOneTopicANumberIsEnough() {
    assertThat(Choice.of(List.of("2"), NONE, List.of("in")).partitions())
        .containsExactly(new TopicPartition("in", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "in:", "in:x", "in:-1", "other:0", "", "in:9999999999"})
  void whatIsNoPartitionIsRefused(String text) {
    assertThatThrownBy(() -> Choice.of(List.of(text), NONE, TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--partition " + text + ": write TOPIC:NUMBER, of an input topic (in, a:b)");
  }

  @Test
  void aTopicThatIsNoInputIsRefused() {
    assertThatThrownBy(() -> Choice.of(NONE, List.of("out"), TWO))
        .hasMessage("--topic out: is not an input topic (in, a:b)");
  }

  @Test
  void aPartitionThatTheTopicHasNotGotIsRefused() throws Exception {
    var report = new Reports().position("in", 0, 20).report();

    Choice.of(List.of("in:0"), NONE, TWO).requireInputs(report);
    assertThatThrownBy(() -> Choice.of(List.of("in:7"), NONE, TWO).requireInputs(report))
        .isInstanceOf(CommandException.class)
        .hasMessage("--partition in-7: no input topic has that partition; nothing is committed");
  }
}
