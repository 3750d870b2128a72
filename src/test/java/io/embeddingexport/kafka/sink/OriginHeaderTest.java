package io.embeddingexport.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.export.KeyConfigId;
import java.math.BigInteger;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** The parts that {@link OriginHeader} keeps must never show in another header. */
class OriginHeaderTest {
  private final OriginHeader origin = new OriginHeader();

  @Test
  void aTombstonesOriginShouldBeTopicPartitionAndOffset() {
    Header header = origin.of(Inputs.at("a", 7, 1035));

    assertThat(header.key()).isEqualTo("ee.origin");
    assertThat(header.value()).isEqualTo(Inputs.hex("61 3a 37 3a 31 30 33 35"));
  }

  @Test
  void aRecordsOriginShouldBeginWithModelAndVersion() {
    Header header = origin.of(Inputs.at("a", 7, 1035), new KeyConfigId("ü", 12));

    assertThat(header.key()).isEqualTo("ee.origin");
    assertThat(header.value()).isEqualTo(Inputs.hex("c3 bc 40 31 32 20 61 3a 37 3a 31 30 33 35"));
    assertThat(Origin.parse(header.value()))
        .isEqualTo(new Origin("ü", 12, "a", 7, 1035, Origin.WHOLE));
  }

  @Test
  void givenRecordsAndTombstonesInTurnThenEachHasItsOwn() {
    for (int i = 0; i < 3; i++) {
      KeyConfigId keyConfig = new KeyConfigId("m" + i, i + 1);
      assertThat(new String(origin.of(Inputs.at("a", 0, i), keyConfig).value(), UTF_8))
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
    Header first = origin.of(Inputs.at("a", 0, 11));
    origin.of(Inputs.at("a", 0, 22));

    assertThat(new String(first.value(), UTF_8)).isEqualTo("a:0:11");
  }

  private String text(String topic, int partition, long offset) {
    return new String(origin.of(Inputs.at(topic, partition, offset)).value(), UTF_8);
  }
}
