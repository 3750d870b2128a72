package io.embeddingexport.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleShareTest {
  private static final int OFFSETS = 200_000;

  @ParameterizedTest
  @ValueSource(strings = {"1%", "0.1%", "12.5%", "100%", "100.0%", "0.000001%"})
  void aShareShouldBeWrittenAsItWasRead(String text) {
    assertThat(SampleShare.parse("--canary", text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "%", "1", "0%", "0.0%", "100.1%", "101%", "-1%", "+1%", "1 %", "1,5%", ".5%"})
  void whatIsNoShareShouldBeRefused(String text) {
    assertThatThrownBy(() -> SampleShare.parse("--canary", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--canary " + text + ": is not a share; write one such as 1% or 0.1%, up to 100%");
  }

  /** Five standard deviations of 1 % of the offsets are 0.11 %. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 31, 1000})
  void aShareOfEachPartitionShouldBeChosen(int partition) {
    assertThat(chosen("1%", "events", partition).size() * 100.0 / OFFSETS)
        .isCloseTo(1, within(0.11));
  }

  @Test
  void partitionsAndTopicsShouldDifferInWhatIsChosen() {
    List<Long> one = chosen("1%", "events", 0);

    assertThat(chosen("1%", "events", 1)).doesNotContainSequence(one.subList(0, 3));
    assertThat(chosen("1%", "event", 0)).doesNotContainSequence(one.subList(0, 3));
    assertThat(chosen("1%", "events", 0)).isEqualTo(one);
  }

  @Test
  void aGreaterShareShouldContainTheSmaller() {
    assertThat(chosen("5%", "events", 0)).containsAll(chosen("1%", "events", 0));
    assertThat(chosen("100%", "events", 0)).hasSize(OFFSETS);
  }

  private static List<Long> chosen(String share, String topic, int partition) {
    SampleShare sample = SampleShare.parse("--canary", share);
    return LongStream.range(0, OFFSETS)
        .filter(offset -> sample.has(topic, partition, offset))
        .boxed()
        .toList();
  }
}
