package io.embeddingexport.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The parts that {@link OriginWriter} keeps must never show in another origin. */
class OriginWriterTest {
  private static final byte[] NOTHING = {};

  private final OriginWriter origin = new OriginWriter();

  @Test
  void aTombstonesOriginShouldBeTopicPartitionAndOffset() {
    assertThat(origin.write(NOTHING, "a", 7, 1035, Origin.WHOLE))
        .isEqualTo(new byte[] {0x61, 0x3a, 0x37, 0x3a, 0x31, 0x30, 0x33, 0x35});
  }

  @Test
  void aRecordsOriginShouldBeginWithModelAndVersion() {
    byte[] written = origin.write("ü@12 ".getBytes(UTF_8), "a", 7, 1035, Origin.WHOLE);

    assertThat(written).isEqualTo("ü@12 a:7:1035".getBytes(UTF_8));
    assertThat(Origin.parse(written)).isEqualTo(new Origin("ü", 12, "a", 7, 1035, Origin.WHOLE));
  }

  @Test
  void givenRecordsAndTombstonesInTurnThenEachHasItsOwn() {
    for (int i = 0; i < 3; i++) {
      byte[] keyConfig = ("m" + i + "@" + (i + 1) + " ").getBytes(UTF_8);
      assertThat(new String(origin.write(keyConfig, "a", 0, i, Origin.WHOLE), UTF_8))
          .isEqualTo("m" + i + "@" + (i + 1) + " a:0:" + i);
      assertThat(text("a", 0, i)).isEqualTo("a:0:" + i);
    }
  }

  @Test
  void anOffsetShouldBeWrittenInFullAtEachCountOfDigits() {
    assertThat(text("t", 0, 0)).isEqualTo("t:0:0");
    BigInteger power = BigInteger.ONE;
    for (int digits = 1; digits < 19; digits++) {
      power = power.multiply(BigInteger.TEN);
      assertThat(text("t", 0, power.longValueExact() - 1)).isEqualTo("t:0:" + "9".repeat(digits));
      assertThat(text("t", 0, power.longValueExact())).isEqualTo("t:0:1" + "0".repeat(digits));
    }
    assertThat(text("t", 0, Long.MAX_VALUE)).isEqualTo("t:0:9223372036854775807");
  }

  @Test
  void givenAnotherTopicOrPartitionThenTheOriginFollows() {
    assertThat(text("a", 0, 1)).isEqualTo("a:0:1");
    assertThat(text("a", 1, 1)).isEqualTo("a:1:1");
    assertThat(text("b", 1, 1)).isEqualTo("b:1:1");
    assertThat(text("b", 1, 2)).isEqualTo("b:1:2");
    assertThat(text("a", 0, 3)).isEqualTo("a:0:3");
    assertThat(text("a", Integer.MAX_VALUE, 3)).isEqualTo("a:2147483647:3");
  }

  @Test
  void anOriginShouldNotChangeAfterItWasMade() {
    byte[] first = origin.write(NOTHING, "a", 0, 11, Origin.WHOLE);
    origin.write(NOTHING, "a", 0, 22, Origin.WHOLE);

    assertThat(new String(first, UTF_8)).isEqualTo("a:0:11");
  }

  @Test
  void anItemShouldFollowTheOffset() {
    assertThat(new String(origin.write(NOTHING, "a", 7, 1035, 0), UTF_8)).isEqualTo("a:7:1035#0");
    byte[] last = origin.write("m@1 ".getBytes(UTF_8), "a", 7, 9, Integer.MAX_VALUE);
    assertThat(new String(last, UTF_8)).isEqualTo("m@1 a:7:9#2147483647");
    assertThat(Origin.parse(last)).isEqualTo(new Origin("m", 1, "a", 7, 9, Integer.MAX_VALUE));
  }

  private String text(String topic, int partition, long offset) {
    return new String(origin.write(NOTHING, topic, partition, offset, Origin.WHOLE), UTF_8);
  }
}
