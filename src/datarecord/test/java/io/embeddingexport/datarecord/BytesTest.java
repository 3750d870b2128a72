package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final byte[] ARRAY = {9, 1, -2, 3, 9};

  /** 1, -2, 3, between other bytes. */
  private static final Bytes PART = Bytes.of(ARRAY, 1, 3);

  @Test
  void aPartShouldEqualACopyOfIt() {
    Bytes copy = Bytes.of(new byte[] {1, -2, 3});

    assertThat(PART).isEqualTo(copy).hasSameHashCodeAs(copy).isEqualByComparingTo(copy);
    assertThat(PART.hashCode()).isEqualTo(Arrays.hashCode(new byte[] {1, -2, 3}));
    assertThat(PART.toArray()).containsExactly(1, -2, 3);
    assertThat(PART)
        .isNotEqualTo(Bytes.of(ARRAY, 1, 2))
        .isNotEqualTo(Bytes.of(ARRAY, 2, 3))
        .isNotEqualTo("3 bytes");
  }

  @Test
  void theOrderShouldBeThatOfUnsignedBytesWithAPrefixFirst() {
    assertThat(Stream.of("ff", "7f01", "", "7f", "80").map(BytesTest::hex).sorted())
        .containsExactly(hex(""), hex("7f"), hex("7f01"), hex("80"), hex("ff"));
  }

  @Test
  void theBufferShouldBeAViewThatCannotBeWritten() {
    ByteBuffer buffer = PART.asByteBuffer();

    assertThat(buffer).isEqualTo(ByteBuffer.wrap(new byte[] {1, -2, 3}));
    assertThat(buffer.capacity()).isEqualTo(3);
    assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> buffer.put(0, (byte) 0));
  }

  @Test
  void aPartBeyondTheArrayIsRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Bytes.of(ARRAY, 3, 3));
  }

  @Test
  void textIsOnlyWhatIsUtf8() {
    assertThat(Bytes.ofUtf8("é").length()).isEqualTo(2);
    assertThat(hex("c3a9").utf8()).isEqualTo("é");
    assertThat(hex("efbfbd").utf8()).isEqualTo("\ufffd");
    assertThat(hex("61c3").utf8()).isNull();
  }

  @Test
  void toStringShouldNotTellTheBytes() {
    assertThat(PART).hasToString("3 bytes");
  }

  private static Bytes hex(String hex) {
    return Bytes.of(GoldenVectors.unhex(hex));
  }
}
