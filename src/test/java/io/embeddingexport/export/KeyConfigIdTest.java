package io.embeddingexport.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyConfigIdTest {
  @Test
  void aStampShouldBeTheModelInUtf8AndTheVersionInDecimal() {
    KeyConfigId stamp = new KeyConfigId("é", 12);

    assertThat(stamp.modelUtf8()).isEqualTo(new byte[] {(byte) 0xC3, (byte) 0xA9});
    assertThat(stamp.versionUtf8()).isEqualTo(new byte[] {0x31, 0x32});
    assertThat(new KeyConfigId("m", Long.MAX_VALUE).versionUtf8())
        .asString()
        .isEqualTo("9223372036854775807");
  }
}
