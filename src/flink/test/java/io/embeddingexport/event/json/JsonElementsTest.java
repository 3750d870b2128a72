package io.embeddingexport.event.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.event.BadEventException;
import org.junit.jupiter.api.Test;

class JsonElementsTest {

  @Test
  void aBufferGrowsUpToTheLongestArray() throws Exception {
    assertThat(JsonElements.grown(1024, 8)).isEqualTo(2048);
    assertThat(JsonElements.grown(1 << 30, 8)).isEqualTo(Integer.MAX_VALUE - 8);
    assertThat(JsonElements.grown(Integer.MAX_VALUE - 16, 8)).isEqualTo(Integer.MAX_VALUE - 8);
  }

  @Test
  void elementsThatNoArrayHoldsAreRefused() {
    assertThatThrownBy(() -> JsonElements.grown(Integer.MAX_VALUE - 8, 1))
        .isInstanceOf(BadEventException.class)
        .hasMessage("the elements need more than 2147483639 bytes");
  }
}
