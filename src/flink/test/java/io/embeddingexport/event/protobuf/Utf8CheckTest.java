package io.embeddingexport.event.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {
  private final CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer chars = CharBuffer.allocate(8);

  /** Every two bytes, and every third and fourth that is at the edge of a range. */
  @Test
  void textsShouldBeValidWhereTheJdkReadsThem() {
    int[] edges = {0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xff};
    for (int i = 0; i < 1 << 16; i++) {
      byte[] two = {(byte) (i >>> 8), (byte) i};
      requireSame(two);
      if (two[0] < 0) {
        for (int third : edges) {
          requireSame(new byte[] {two[0], two[1], (byte) third});
          for (int fourth : edges) {
            requireSame(new byte[] {two[0], two[1], (byte) third, (byte) fourth});
          }
        }
      }
    }
  }

  private void requireSame(byte[] bytes) {
    chars.clear();
    // A result, not an exception: there are millions.
    boolean valid = !jdk.reset().decode(ByteBuffer.wrap(bytes), chars, true).isError();
    if (Utf8Check.isValid(bytes, 0, bytes.length) != valid) {
      assertThat(bytes).as("bytes that are UTF-8: " + valid).isNull();
    }
  }
}
