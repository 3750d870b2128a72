package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RejectsByModelTest {
  private static final long TOO_NEW = 99;

  @Test
  void aModelWithAKeyConfigIsCountedByItsName() throws Exception {
    try (ExportInstance instance =
        ExportInstance.start(function(vector("user", 1), vector("item", 1)))) {
      instance.decideVector("user", TOO_NEW);
      instance.decideVector("user", TOO_NEW);
      instance.decideVector("user");

      assertThat(instance.metrics().count("model.user.rejects")).isEqualTo(2);
      assertThat(models(instance)).containsExactly("other", "user");
      assertThat(instance.metrics().count("model.other.rejects")).isZero();
    }
  }

  @Test
  void givenNamesOfNoModelThenTheyShareOneCounter() throws Exception {
    try (ExportInstance instance = ExportInstance.start(function(vector("user", 1)))) {
      for (int i = 0; i < 1_000; i++) {
        instance.decideVector("hostile-" + i);
      }
      instance.decideVector("x".repeat(10_000));
      instance.decideVector("a.b{c=\"d\"}\n");
      instance.decideVector("");
      instance.decide(new Envelope(null, new byte[] {1}, Envelope.NO_HEADERS, 0, "t", 0, 0));

      assertThat(models(instance)).containsExactly("other");
      assertThat(instance.metrics().count("model.other.rejects")).isEqualTo(1_004);
      assertThat(instance.metrics().count("rejects")).isEqualTo(1_004);
    }
  }

  @Test
  void givenMoreModelsThanCountersThenTheLastShareOneAndNoRejectIsMissing() throws Exception {
    int models = RejectsByModel.MOST_MODELS + 50;
    KeyConfig[] configs =
        IntStream.range(0, models).mapToObj(i -> vector("m" + i, 1)).toArray(KeyConfig[]::new);
    try (ExportInstance instance = ExportInstance.start(function(configs))) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < models; i++) {
          instance.decideVector("m" + i, TOO_NEW);
        }
      }
      assertThat(models(instance)).hasSize(RejectsByModel.MOST_MODELS + 1);
      assertThat(instance.metrics().count("model.m0.rejects")).isEqualTo(2);
      assertThat(instance.metrics().count("model.other.rejects")).isEqualTo(100);
    }
  }

  @Test
  void aModelThatIsCalledOtherIsCountedThere() throws Exception {
    try (ExportInstance instance = ExportInstance.start(function(vector("other", 1)))) {
      instance.decideVector("other", TOO_NEW);

      assertThat(instance.metrics().count("model.other.rejects")).isEqualTo(1);
    }
  }

  private static List<String> models(ExportInstance instance) {
    String before = "embeddingExport.model.";
    return instance.metrics().byName().keySet().stream()
        .filter(name -> name.startsWith(before))
        .map(name -> name.substring(before.length(), name.length() - ".rejects".length()))
        .toList();
  }
}
