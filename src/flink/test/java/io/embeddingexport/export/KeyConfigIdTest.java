package io.embeddingexport.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyConfigIdTest {
  @Test
  void theOriginsPrefixShouldBeModelAndVersionInUtf8() {
    assertThat(new KeyConfigId("ü", 12).originPrefix()).isEqualTo("ü@12 ".getBytes(UTF_8));
  }
}
