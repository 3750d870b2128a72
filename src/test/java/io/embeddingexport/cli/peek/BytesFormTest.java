package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  @CsvSource({"3, 616263", "4, 616263", "2, 6162… 1 more bytes", "0, … 3 more bytes"})
  void longHexIsCut(int max, String hex) {
    assertThat(BytesForm.hex("abc".getBytes(UTF_8), max)).isEqualTo(hex);
  }
}
