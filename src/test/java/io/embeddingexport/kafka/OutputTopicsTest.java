package io.embeddingexport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class OutputTopicsTest {

  @Test
  void aChangeOfTheGivenMapShouldNotShow() {
    Map<String, String> given = new HashMap<>(Map.of("music", "music-records"));
    OutputTopics topics = new OutputTopics("records", "dead", given);

    given.put("music", "elsewhere");
    given.put("video", "elsewhere");

    assertThat(topics.byModel()).containsOnly(Map.entry("music", "music-records"));
  }

  @Test
  void aModelWithoutATopicOfItsOwnShouldNotBeListedAsNull() {
    Map<String, String> given = new HashMap<>();
    given.put("music", null);

    assertThatNullPointerException().isThrownBy(() -> new OutputTopics("records", "dead", given));
  }

  @Test
  void aCopyAsFlinkShipsItShouldBeEqual() throws Exception {
    OutputTopics copy =
        InstantiationUtil.clone(
            new OutputTopics("records", "dead", Map.of("music", "music-records")));

    assertThat(copy.records()).isEqualTo("records");
    assertThat(copy.deadLetters()).isEqualTo("dead");
    assertThat(copy.byModel()).containsOnly(Map.entry("music", "music-records"));
  }
}
