package io.embeddingexport.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicModelsTest {
  private final TopicModels models = new TopicModels();
  private long offset;

  @Test
  void theGreatestVersionShouldBeInForceWhateverTheOrder() {
    publish("user", 2);
    publish("user", 4);
    publish("user", 3);

    assertThat(models.inForce("user").version()).isEqualTo(4);
  }

  @Test
  void aGreaterVersionShouldEndARetirement() {
    publish("user", 2);
    add("user", null);
    publish("user", 3);

    assertThat(models.inForce("user").version()).isEqualTo(3);
  }

  @Test
  void aRefusedMessageShouldLeaveTheOneBeforeItInForce() {
    publish("user", 2);
    add("user", "model: user\nversion: 3\n");

    assertThat(models.inForce("user").version()).isEqualTo(2);
  }

  @Test
  void givenARetiredModelThenItsVersionIsNamed() {
    publish("user", 2);
    add("user", null);

    assertThatThrownBy(() -> models.inForce("user"))
        .hasMessage(
            "model 'user' is retired, at version 2; publish a greater version, or name a model that"
                + " is in force");
  }

  @Test
  void givenAnUnknownModelThenTheNearWordIsNamed() {
    publish("user", 2);
    publish("item", 1);

    assertThatThrownBy(() -> models.inForce("usr"))
        .hasMessage("the topic has no model 'usr'; did you mean 'user'?");
  }

  @Test
  void givenATopicWithoutModelsThenTheCommandThatPublishesIsNamed() {
    assertThatThrownBy(() -> models.inForce("user"))
        .hasMessage(
            "the topic has no model 'user', and no other; publish its key config with 'keys"
                + " publish'");
  }

  @Test
  void givenARefusedMessageAloneThenItsProblemsAreNamed() {
    add("user", "model: user\nversion: 0\nkeys: []\n");

    assertThatThrownBy(() -> models.inForce("user"))
        .hasMessageStartingWith(
            "the key config of model 'user' is refused: configs:0:0: 2 problems")
        .hasMessageContaining("version: 0 is less than 1");
  }

  private void publish(String model, long version) {
    add(
        model,
        """
        {"model": "%s", "version": %d, "keys": [{"key": 7, "dtype": "float", "shape": [2]}]}
        """
            .formatted(model, version));
  }

  private void add(String model, @Nullable String value) {
    models.add(
        "configs:0:" + offset++,
        model.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8));
  }
}
