package io.embeddingexport.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceivedKeyConfigTest {
  private static final String CONFIG =
      "{\"model\":\"m\",\"version\":2,\"keys\":[{\"name\":\"a\",\"key\":1,\"dtype\":\"FLOAT\",\"shape\":[2]}]}";

  @Test
  void givenAPublishedKeyConfigWhenReceivedThenItIsCompiled() {
    ReceivedKeyConfig received = received(CONFIG);

    assertThat(received.compiled().config()).isSameAs(((Publish) received.message()).config());
  }

  @Test
  void givenARetirementOrAnUnreadableMessageWhenReceivedThenThereIsNothingToCompile() {
    assertThat(received(null).compiled()).isNull();
    assertThat(received("{}").compiled()).isNull();
  }

  @Test
  void givenARefusedKeyConfigThenNothingCompiledIsLeftOfIt() {
    assertThat(received(CONFIG).refusedAs(new Invalid("m", "why")).compiled()).isNull();
  }

  private static ReceivedKeyConfig received(@Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    return ReceivedKeyConfig.of(
        new Envelope("m".getBytes(UTF_8), bytes, Envelope.NO_HEADERS, 0, "keys", 0, 0), "");
  }
}
