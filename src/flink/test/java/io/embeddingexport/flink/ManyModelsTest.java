package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.flink.types.ThriftSamples;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** 10,000 models live at once. */
class ManyModelsTest {
  private static final int MODELS = 10_000;

  @Test
  void tenThousandModelsAreInForceAndRestored() throws Exception {
    OperatorSubtaskState state;
    try (KeyConfigLog log = new KeyConfigLog()) {
      for (int i = 0; i < MODELS; i++) {
        log.publish(vector("m" + i, 1, i));
      }
      try (ExportInstance instance =
          ExportInstance.start(function().following(log.source(), Duration.ZERO))) {
        assertThat(instance.metrics().gauge("keyConfigsInForce")).isEqualTo(MODELS);
        for (int i = 0; i < MODELS; i += 2) {
          log.publish(vector("m" + i, 2, MODELS + i));
        }
        log.retire("m1");
        assertEach(instance);
        state = instance.snapshot();
      }
    }
    try (ExportInstance restored = ExportInstance.restore(function(), state)) {
      assertThat(restored.metrics().gauge("keyConfigsInForce")).isEqualTo(MODELS - 1);
      assertEach(restored);
    }
  }

  /** The even ones have version 2, the odd ones version 1, and the second none. */
  private static void assertEach(ExportInstance instance) throws Exception {
    assertThat(ExportInstances.shown(instance.decideVector("m1"))).isEqualTo("model-retired 1");
    for (int i = 0; i < MODELS; i++) {
      if (i != 1) {
        boolean even = i % 2 == 0;
        Exported exported = (Exported) instance.decideVector("m" + i);
        assertThat(exported.keyConfigVersion()).isEqualTo(even ? 2 : 1);
        assertThat(exported.record())
            .isEqualTo(
                ThriftSamples.bytes(ThriftSamples.vector(even ? MODELS + i : i, new byte[8])));
      }
    }
  }
}
