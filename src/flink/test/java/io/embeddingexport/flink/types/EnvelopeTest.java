package io.embeddingexport.flink.types;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  @Test
  void theModelShouldBeThatOfItsHeader() {
    assertThat(model(header("ee.model", "music"))).isEqualTo("music");
    assertThat(model(header("other", "video"), header("ee.model", "music"))).isEqualTo("music");
    assertThat(model(new RecordHeader("ee.model", null), header("ee.model", "music")))
        .isEqualTo("music");
  }

  @Test
  void ofSeveralHeadersTheLastOneShouldCount() {
    assertThat(model(header("ee.model", "video"), header("ee.model", "music"))).isEqualTo("music");
    assertThat(model(header("ee.model", "music"), new RecordHeader("ee.model", null)))
        .isEqualTo("music");
  }

  @Test
  void theKeyAndTheForwardedHeadersAreCarriedWithNamesInUtf8() {
    Header[] headers = {
      header("trace", "12"),
      header("naïve", "ü"),
      new RecordHeader("trace", null),
      header("other", "123")
    };
    Envelope input = new Envelope(new byte[] {1, 2, 3}, null, headers, 0, "events", 0, 0);

    assertThat(input.carriedBytes(Set.of())).isEqualTo(3);
    assertThat(input.carriedBytes(Set.of("trace"))).isEqualTo(3 + 5 + 2 + 5);
    assertThat(input.carriedBytes(Set.of("naïve"))).isEqualTo(3 + 6 + 2);
    assertThat(new Envelope(null, null, headers, 0, "events", 0, 0).carriedBytes(Set.of()))
        .isZero();
  }

  @Test
  void givenNoSuchHeaderThenThereIsNoModel() {
    assertThat(model()).isNull();
    assertThat(model(header("model", "music"))).isNull();
    assertThat(model(new RecordHeader("ee.model", null))).isNull();
  }

  private static @Nullable String model(Header... headers) {
    return new Envelope(new byte[] {1}, null, headers, 0, "events", 0, 0).model();
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
