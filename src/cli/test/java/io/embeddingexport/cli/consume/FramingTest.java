package io.embeddingexport.cli.consume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
  private static final String TWML_SEPARATOR = "29d8d50658cd4c29b2bc57992171bdff";

  @ParameterizedTest
  @CsvSource({"0a, 0b00, 0b000a", "DEADBEEF, 00, 00deadbeef"})
  void aHexSeparatorStandsBehindTheRecordAndNothingElse(String separator, String record, String hex)
      throws Exception {
    assertThat(Framing.of(separator).frame(bytes(record))).isEqualTo(bytes(hex));
  }

  @Test
  void theEmptyRecordIsABlockForTwml() throws Exception {
    assertThat(Framing.of("twml").frame(bytes("00")))
        .isEqualTo(bytes("00".repeat(8176) + TWML_SEPARATOR));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8175, 1", "8176, 1", "8177, 2", "16368, 2", "16369, 3"})
  void aRecordTakesTheBlocksThatHoldItAndTheSeparator(int length, int blocks) throws Exception {
    assertThat(Framing.of("twml").frame(new byte[length])).hasSize(8192 * blocks);
  }

  @Property
  void betweenRecordAndSeparatorStandZerosAlone(@ForAll @Size(min = 1, max = 20_000) byte[] record)
      throws Exception {
    byte[] frame = Framing.of("twml").frame(record);

    int end = frame.length - 16;
    assertThat(frame).startsWith(record).endsWith(bytes(TWML_SEPARATOR));
    for (int i = record.length; i < end; i++) {
      assertThat(frame[i]).isZero();
    }
  }

  @Property
  void theFirstSeparatorInAFrameIsTheOneAtItsEnd(
      @ForAll("fewValues") byte[] record, @ForAll("separators") byte[] separator) {
    String text = new String(record, ISO_8859_1) + new String(separator, ISO_8859_1);
    int first = text.indexOf(new String(separator, ISO_8859_1));
    Framing framing = Framing.of(HexFormat.of().formatHex(separator));

    if (first == record.length) {
      assertThat(frameOrNull(framing, record)).isNotNull();
    } else {
      assertThatThrownBy(() -> framing.frame(record))
          .isInstanceOf(SeparatorInRecordException.class)
          .hasMessageContaining("begins at byte " + first + " of the record");
    }
  }

  @Provide
  static Arbitrary<byte[]> fewValues() {
    return Arbitraries.bytes().between((byte) 0, (byte) 2).array(byte[].class).ofMaxSize(20);
  }

  @Provide
  static Arbitrary<byte[]> separators() {
    return Arbitraries.bytes()
        .between((byte) 0, (byte) 2)
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(3)
        .filter(separator -> !Arrays.equals(separator, new byte[separator.length]));
  }

  @Property
  void aRecordWithTwmlsSeparatorAnywhereIsRefused(@ForAll @IntRange(max = 20_000) int before) {
    byte[] record = bytes("00".repeat(before) + TWML_SEPARATOR + "00");

    assertThatThrownBy(() -> Framing.of("twml").frame(record))
        .isInstanceOf(SeparatorInRecordException.class)
        .hasMessage(
            "the separator "
                + TWML_SEPARATOR
                + " begins at byte "
                + before
                + " of the record already, and a reader would split it there");
  }

  @Test
  void aRecordThatEndsAsTheSeparatorBeginsIsRefusedIfAReaderWouldSplitItThere() {
    assertThatThrownBy(() -> Framing.of("ab00ab").frame(bytes("0bab00")))
        .isInstanceOf(SeparatorInRecordException.class)
        .hasMessageContaining("begins at byte 1 of the record");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "000000"})
  void zerosAreRefusedSinceEveryRecordEndsWithOne(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Framing.of(text))
        .withMessage("begins in every record, which ends with the byte 00; choose 16 random bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0g", "TWML", "0x00", " 00"})
  void anyOtherFormIsRefusedWithTheFormsThatAreNot(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Framing.of(text))
        .withMessage("must be twml, or 1 to 64 bytes in hex");
  }

  @Test
  void aSeparatorHas64BytesAtMost() throws Exception {
    assertThat(Framing.of("ab".repeat(64)).frame(bytes("00"))).hasSize(65);
    assertThatIllegalArgumentException().isThrownBy(() -> Framing.of("ab".repeat(65)));
  }

  private static byte[] frameOrNull(Framing framing, byte[] record) {
    try {
      return framing.frame(record);
    } catch (SeparatorInRecordException e) {
      return null;
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
