package io.embeddingexport.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyConfigIdTest {
  @Test
  void theOriginPrefixShouldBeModelAndVersionInUtf8() {
    assertThat(new KeyConfigId("é", 12).originPrefix())
        .isEqualTo(new byte[] {(byte) 0xC3, (byte) 0xA9, 0x40, 0x31, 0x32, 0x20});
    assertThat(new KeyConfigId("m", Long.MAX_VALUE).originPrefix())
        .asString()
        .isEqualTo("m@9223372036854775807 ");
  }
}
