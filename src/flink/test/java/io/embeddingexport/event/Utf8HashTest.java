package io.embeddingexport.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Utf8HashTest {

  /**
   * As a table of 256 slots uses it: random hashes would select some 160 of them, a bad one few.
   */
  @Test
  void theHighestBitsShouldDependOnEveryByte() {
    for (int length = 1; length <= 40; length++) {
      for (int at = 0; at < length; at++) {
        Set<Long> slots = new HashSet<>();
        byte[] bytes = new byte[length];
        for (int value = 0; value < 256; value++) {
          bytes[at] = (byte) value;
          slots.add(Utf8Hash.of(bytes, 0, length) >>> 56);
        }
        assertThat(slots).as("byte %d of %d", at, length).hasSizeGreaterThan(16);
      }
    }
  }

  @Test
  void theHighestBitsShouldDependOnTheLength() {
    Set<Long> slots = new HashSet<>();
    for (int length = 0; length < 256; length++) {
      slots.add(Utf8Hash.of(new byte[length], 0, length) >>> 56);
    }
    assertThat(slots).hasSizeGreaterThan(100);
  }

  @Test
  void theHashShouldBeThatOfThePartAlone() {
    byte[] bytes = "0123456789abcdefghijklmnop".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from++) {
      for (int to = from; to <= bytes.length; to++) {
        byte[] part = java.util.Arrays.copyOfRange(bytes, from, to);

        assertThat(Utf8Hash.of(bytes, from, to)).isEqualTo(Utf8Hash.of(part, 0, part.length));
      }
    }
  }
}
