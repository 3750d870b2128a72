package io.embeddingexport.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

class OriginTest {

  private static @Nullable Origin parse(String text) {
    return Origin.parse(text.getBytes(UTF_8));
  }

  @Example
  void everyPartShouldBeRead() {
    assertThat(parse("user@2 embedding-events:1:24771"))
        .isEqualTo(new Origin("user", 2, "embedding-events", 1, 24_771, Origin.WHOLE));
    assertThat(parse("user@2 events:1:7#3")).isEqualTo(new Origin("user", 2, "events", 1, 7, 3));
    assertThat(parse("events:1:7")).isEqualTo(new Origin(null, 0, "events", 1, 7, Origin.WHOLE));
    assertThat(parse("a b@c @9 t.x:0:0")).isEqualTo(new Origin("a b@c ", 9, "t.x", 0, 0, -1));
    assertThat(parse("m@1 e:2:3").input()).isEqualTo("e:2:3");
  }

  @Property
  void parseShouldBeTheInverseOfWriting(
      @ForAll @NotEmpty @StringLength(max = 40) String model,
      @ForAll @LongRange(min = 1) long version,
      @ForAll @IntRange(max = Integer.MAX_VALUE) int partition,
      @ForAll @LongRange(min = 0) long offset) {
    Origin origin = new Origin(wellFormed(model), version, "events", partition, offset, 4);

    assertThat(parse(origin.model() + "@" + version + " events:" + partition + ":" + offset + "#4"))
        .isEqualTo(origin);
  }

  /** The text after a round trip through UTF-8. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  @Example
  void whatIsNoOriginShouldBeNull() {
    for (String text :
        new String[] {
          "",
          " ",
          "user@2",
          "user events:0:1",
          "@ events:0:1x",
          "events:0",
          "events::1",
          ":0:1",
          "events:0:-1",
          "events:x:1",
          "events:0:99999999999999999999",
          "u@x events:0:1",
          "u@-1 events:0:1",
          "u@+5 events:0:1",
          "u@ events:0:1",
          "u@99999999999999999999 events:0:1",
          "events:0:1#",
          "events:0:1#99999999999",
          "events:99999999999:1"
        }) {
      assertThat(parse(text)).as(text).isNull();
    }
  }

  @Example
  void theLastHeaderShouldCount() {
    RecordHeaders headers = new RecordHeaders();
    assertThat(Origin.of(headers)).isNull();
    headers.add("ee.origin", "events:0:1".getBytes(UTF_8));
    headers.add("ee.origin", "events:0:2".getBytes(UTF_8));
    assertThat(Origin.of(headers).offset()).isEqualTo(2);
    headers.add("ee.origin", null);
    assertThat(Origin.of(headers)).isNull();
  }
}
