package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.flink.types.Envelope;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** An export of some models only. */
class SkippedInputsTest {
  private static final byte[] KEY = {1};

  private final ExportFunction userOnly =
      function(
              KeyConfigSamples.vector("user", 1, "records-of-user"),
              KeyConfigSamples.vector("item", 1))
          .only(List.of("user"));

  private static Envelope nullValue(byte[] key, Header... headers) {
    return new Envelope(key, null, headers, 0, "events", 0, 3);
  }

  private static Header model(String name) {
    return new RecordHeader(Envelope.MODEL_HEADER, name.getBytes(UTF_8));
  }

  @Test
  void whatIsLeftOutGivesADecisionThatSaysSo() throws Exception {
    try (ExportInstance instance = ExportInstance.start(userOnly)) {
      assertThat(instance.decideVector("user")).isInstanceOf(Exported.class);
      assertThat(instance.decideVector("item")).isSameAs(Skipped.INSTANCE);

      assertThat(instance.metrics().count("records")).isEqualTo(1);
      assertThat(instance.metrics().count("skips")).isEqualTo(1);
      assertThat(instance.metrics().count("rejects")).isZero();
    }
  }

  @Test
  void aTombstoneIsOfTheModelThatItsHeaderNames() throws Exception {
    try (ExportInstance instance = ExportInstance.start(userOnly)) {
      assertThat(outcome(instance, nullValue(KEY, model("user"))))
          .isEqualTo(new Tombstone("records-of-user"));
      assertThat(outcome(instance, nullValue(KEY, model("item")))).isSameAs(Skipped.INSTANCE);
      assertThat(outcome(instance, nullValue(KEY))).isSameAs(Skipped.INSTANCE);
      assertThat(outcome(instance, nullValue(null))).isSameAs(Skipped.INSTANCE);
      assertThat(outcome(instance, nullValue(null, model("user")))).isInstanceOf(Rejected.class);

      assertThat(instance.metrics().count("skips")).isEqualTo(3);
      assertThat(instance.metrics().count("tombstones")).isEqualTo(1);
    }
  }

  private static Outcome outcome(ExportInstance instance, Envelope input) throws Exception {
    return instance.decide(input).outcome();
  }

  @Test
  void withoutModelsNothingIsSkipped() throws Exception {
    try (ExportInstance instance = ExportInstance.start(function().only(List.of()))) {
      assertThat(outcome(instance, nullValue(KEY))).isSameAs(Tombstone.INSTANCE);
      assertThat(instance.metrics().count("skips")).isZero();
    }
  }
}
