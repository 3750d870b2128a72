package io.embeddingexport.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.ThriftEvents;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Rejected;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reject of bytes of another format names the setting to change. */
class ForeignEventsTest {
  private static final String JSON = HexFormat.of().formatHex("{\"id\":1}".getBytes(UTF_8));
  private static final String REGISTRY = "0000000007aabb";

  @Test
  void jsonUnderThriftShouldBeRecognised() {
    assertThat(detail(EventFormat.THRIFT, JSON))
        .endsWith("; it looks like JSON: set input.format: json, or name a mapping");
  }

  @Test
  void thriftUnderJsonShouldBeRecognised() throws Exception {
    String event = HexFormat.of().formatHex(ThriftEvents.positional(1, "m"));

    assertThat(detail(EventFormat.JSON, event))
        .endsWith("; it looks like our Thrift struct: set input.format: thrift");
  }

  @ParameterizedTest
  @CsvSource({"THRIFT", "JSON"})
  void gzipAndARegistrysIdShouldBeRecognised(EventFormat format) {
    assertThat(detail(format, "1f8b0800aabb")).contains("it looks like gzip");
    assertThat(detail(format, REGISTRY)).contains("a registry's schema id: name a mapping");
  }

  /** An event that is only wrong looks like what it is, which is no news. */
  @ParameterizedTest
  @CsvSource({"THRIFT, 0a0001", "JSON, 7b22", "THRIFT, ''", "JSON, ''", "JSON, 207b", "JSON, 5b5d"})
  void eventsOfTheFormatShouldGetNoHint(EventFormat format, String hex) {
    assertThat(detail(format, hex)).doesNotContain("looks like").doesNotContain("begins like");
  }

  private static String detail(EventFormat format, String hex) {
    Exporter exporter =
        new Exporter(EventInput.of(format).newDecoder(), new KeyConfigs(), ExportLimits.DEFAULT);
    return ((Rejected) exporter.export(HexFormat.of().parseHex(hex), true)).detail();
  }
}
