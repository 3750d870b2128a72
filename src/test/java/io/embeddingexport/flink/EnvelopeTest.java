package io.embeddingexport.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  @Test
  void theModelShouldBeThatOfItsHeader() {
    assertThat(model(header("ee.model", "music"))).isEqualTo("music");
    assertThat(model(header("other", "video"), header("ee.model", "music"))).isEqualTo("music");
    assertThat(model(new Header("ee.model", null), header("ee.model", "music"))).isEqualTo("music");
  }

  @Test
  void givenNoSuchHeaderThenThereIsNoModel() {
    assertThat(model()).isNull();
    assertThat(model(header("model", "music"))).isNull();
    assertThat(model(new Header("ee.model", null))).isNull();
  }

  private static @Nullable String model(Header... headers) {
    return new Envelope(new byte[] {1}, null, headers, 0, "events", 0, 0).model();
  }

  private static Header header(String name, String value) {
    return new Header(name, value.getBytes(UTF_8));
  }
}
