package io.embeddingexport.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteRowsTest {

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void theCaretStandsUnderTheByteOfAText() {
    assertThat(ByteRows.of(text("{\"model\": }"), 10).lines(false))
        .containsExactly("{\"model\": }", "          ^ byte 10");
  }

  @Test
  void aCharacterOfSeveralBytesHasOneColumn() {
    assertThat(ByteRows.of(text("éé}"), 4).lines(false)).containsExactly("éé}", "  ^ byte 4");
    assertThat(ByteRows.of(text("éé}"), 3).lines(false)).containsExactly("éé}", " ^ byte 3");
  }

  @Test
  void theCaretStandsBelowItsOwnLine() {
    assertThat(ByteRows.of(text("{\n  x\n}"), 4).lines(false))
        .containsExactly("{", "  x", "  ^ byte 4", "}");
  }

  @Test
  void aValueThatEndsTooSoonIsMarkedBehindItsLastByte() {
    assertThat(ByteRows.of(text("{\"a"), 3).lines(false)).containsExactly("{\"a", "   ^ byte 3");
  }

  @Test
  void bytesThatAreNoTextAreHexWithTheirOffsetAndCharacters() {
    byte[] value = new byte[18];
    value[0] = 'a';
    value[17] = (byte) 0xff;

    assertThat(ByteRows.of(value, 17).lines(false))
        .containsExactly(
            "00000000  61 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  a...............",
            "00000010  00 ff                                            ..",
            "             ^ byte 17");
  }

  @Test
  void ofALongValueTheRowsAroundTheCaretArePrinted() {
    byte[] value = new byte[16 * 100];

    assertThat(ByteRows.of(value, 16 * 50).lines(false))
        .hasSize(8 + 1 + 7 + 1 + 2)
        .startsWith("… 672 bytes before")
        .contains("          ^ byte 800")
        .endsWith("… 672 bytes more");
    assertThat(ByteRows.of(value, ByteRows.NONE).lines(false))
        .hasSize(16 + 1)
        .endsWith("… 1344 bytes more");
    assertThat(ByteRows.of(value, ByteRows.NONE).lines(true)).hasSize(100);
  }

  @Test
  void aMarkOutsideTheValueIsNone() {
    assertThat(ByteRows.of(text("ab"), 3).lines(false)).containsExactly("ab");
    assertThat(ByteRows.of(new byte[0], 0).lines(false)).isEmpty();
  }

  @Test
  void theByteIsTheOneThatTheDetailBeginsWith() {
    assertThat(ByteRows.markedIn("byte 26: a comma is missing")).isEqualTo(26);
    assertThat(ByteRows.markedIn("tensor 'a' has byte 3: of")).isEqualTo(ByteRows.NONE);
    assertThat(ByteRows.markedIn(null)).isEqualTo(ByteRows.NONE);
  }

  @Test
  void aControlCharacterIsNeverPrinted() {
    assertThat(ByteRows.of(text("a\u202eb\tc"), ByteRows.NONE).lines(true))
        .containsExactly("a?b c");
  }
}
