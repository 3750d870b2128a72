package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.ThriftSamples;
import io.embeddingexport.keys.KeyConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.apache.flink.metrics.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingHealthTest {
  private static final String USER = "model.user.tensor.embedding.";

  @Test
  void theNormOfASampledTensorIsMeasured() throws Exception {
    try (ExportInstance instance = start(vector("user", 1))) {
      send(instance, "user", 3, 4);

      assertThat(norm(instance)).as("thousandths of 5").isEqualTo(5_000);
      assertThat(instance.metrics().count(USER + "sampled")).isEqualTo(1);
      assertThat(instance.metrics().count(USER + "sampledZero")).isZero();
      assertThat(instance.metrics().count(USER + "sampledNonFinite")).isZero();
    }
  }

  @Test
  void aTensorOfZerosIsCounted() throws Exception {
    try (ExportInstance instance = start(vector("user", 1))) {
      send(instance, "user", 0, -0f);
      send(instance, "user", 0, Float.MIN_VALUE);

      assertThat(instance.metrics().count(USER + "sampledZero")).isEqualTo(1);
      assertThat(instance.metrics().count(USER + "sampled")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aTensorWithANonFiniteValueIsCountedAndItsNormIsThatOfTheRest(float value) throws Exception {
    try (ExportInstance instance = start(vector("user", 1))) {
      send(instance, "user", value, 2);

      assertThat(instance.metrics().count(USER + "sampledNonFinite")).isEqualTo(1);
      assertThat(instance.metrics().count(USER + "sampledZero")).isZero();
      assertThat(norm(instance)).isEqualTo(2_000);
    }
  }

  @Test
  void aRejectedEventIsNotMeasured() throws Exception {
    try (ExportInstance instance = start(vector("user", 1))) {
      send(instance, "unknown", 1, 1);

      assertThat(instance.metrics().byName().keySet()).noneMatch(name -> name.contains("tensor"));
    }
  }

  @Test
  void givenNoSamplingThenNothingIsMeasured() throws Exception {
    try (ExportInstance instance = ExportInstance.start(function(vector("user", 1)).sampling(0))) {
      for (int i = 0; i < 10_000; i++) {
        send(instance, "user", 1, 1);
      }

      assertThat(instance.metrics().byName().keySet()).noneMatch(name -> name.contains("tensor"));
    }
  }

  @Test
  void givenMoreTensorsThanMetricsThenTheLastHaveNone() throws Exception {
    KeyConfig[] configs =
        IntStream.range(0, EmbeddingHealth.MOST_TENSORS + 20)
            .mapToObj(i -> vector("m" + i, 1))
            .toArray(KeyConfig[]::new);
    try (ExportInstance instance = start(configs)) {
      for (KeyConfig config : configs) {
        send(instance, config.model(), 1, 1);
      }

      assertThat(instance.metrics().byName().keySet())
          .filteredOn(name -> name.endsWith(".sampled"))
          .hasSize(EmbeddingHealth.MOST_TENSORS);
      assertThat(instance.metrics().count("records")).isEqualTo(configs.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, (1 << 30) + 1})
  void aSampleThatCannotBeIsRefused(int every) {
    assertThatThrownBy(() -> function().sampling(every))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one event in " + every);
  }

  private static ExportInstance start(KeyConfig... configs) throws Exception {
    return ExportInstance.start(function(configs).sampling(1));
  }

  private static void send(ExportInstance instance, String model, float first, float second)
      throws Exception {
    byte[] elements =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(first)
            .putFloat(second)
            .array();
    instance.decide(
        new Envelope(
            new byte[] {1},
            ThriftSamples.bytes(ThriftSamples.event(model, 42, elements)),
            Envelope.NO_HEADERS,
            0,
            "events",
            0,
            0));
  }

  private static long norm(ExportInstance instance) {
    Histogram norms =
        (Histogram) instance.metrics().byName().get("embeddingExport." + USER + "l2NormMilli");
    return norms.getStatistics().getMax();
  }
}
