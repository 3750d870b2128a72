package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesFormTest {

  @ParameterizedTest
  @CsvSource({
    "757365723a31, user:1",
    "c3a9, é",
    "f09f9880, 😀",
    "'', ''",
    "ff, 0xff",
    "000000000000002a, 0x000000000000002a",
    "610a, 0x610a",
    "e280ae61, 0xe280ae61", // right-to-left override: would spoil the line
  })
  void bytesAreTextIfThatCanBePrintedElseHex(String hex, String text) {
    assertThat(BytesForm.text(HexFormat.of().parseHex(hex))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "7b2261223a317d, 64, '{\"a\":1}'",
    "7b0d0a09c3a97d, 64, '{\r\n\té}'",
    "22f09f988022, 64, '\"😀\"'",
    "22e280aec28522, 64, '\"??\"'", // right-to-left override, next line
    "'', 64, ''",
    "616263, 2, ab… 1 more bytes",
    "61c3a962, 2, a… 3 more bytes", // no half characters
    "61c3a962, 3, aé… 1 more bytes",
    "616263, 0, … 3 more bytes",
  })
  void longTextIsShownOnItsLinesAndCut(String hex, int max, String text) {
    assertThat(BytesForm.lines(HexFormat.of().parseHex(hex), max)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "0a000100", "1b5b324a", "7b22c3227d"})
  void bytesOfNoTextHaveNoLines(String hex) {
    assertThat(BytesForm.lines(HexFormat.of().parseHex(hex), 64)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"3, 616263", "4, 616263", "2, 6162… 1 more bytes", "0, … 3 more bytes"})
  void longHexIsCut(int max, String hex) {
    assertThat(BytesForm.hex("abc".getBytes(UTF_8), max)).isEqualTo(hex);
  }
}
