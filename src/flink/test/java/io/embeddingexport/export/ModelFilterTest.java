package io.embeddingexport.export;

import static io.embeddingexport.event.ThriftEvents.bytes;
import static io.embeddingexport.event.ThriftEvents.floats;
import static io.embeddingexport.event.ThriftEvents.positional;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelFilterTest {
  private final List<String> awaited = new ArrayList<>();

  private Exporter exporter(ModelFilter models) throws Exception {
    KeyConfigs configs = new KeyConfigs();
    for (String model : List.of("user", "item")) {
      configs.set(
          KeyConfigParser.parse(
              model,
              "model: %s\nversion: 1\nkeys:\n  - {name: e, key: 7, dtype: float, shape: [1]}\n"
                  .formatted(model)
                  .getBytes(StandardCharsets.UTF_8)));
    }
    return new Exporter(
        EventInput.of(EventFormat.THRIFT).newDecoder(),
        configs,
        new ExportLimits(100, 100),
        (model, version) -> awaited.add(model),
        models);
  }

  @Test
  void noModelsAreAllModels() {
    assertThat(ModelFilter.of(List.of())).isSameAs(ModelFilter.ALL);
    assertThat(ModelFilter.ALL.passes("any")).isTrue();
    assertThat(ModelFilter.ALL.passes(null)).isTrue();
    assertThat(ModelFilter.ALL.models()).isEmpty();
  }

  @Test
  void theFilterNamesItsModels() {
    assertThat(ModelFilter.of(List.of("user", "item")).models())
        .containsExactlyInAnyOrder("user", "item");
  }

  @Test
  void onlyEventsOfTheModelsAreDecided() throws Exception {
    Exporter exporter = exporter(ModelFilter.of(List.of("user", "unknown")));

    assertThat(exporter.export(positional(1, "user", floats(1)), true))
        .isInstanceOf(Exported.class);
    assertThat(exporter.export(positional(1, "user"), true)).isInstanceOf(Rejected.class);
    assertThat(exporter.export(positional(1, "unknown", floats(1)), true))
        .isInstanceOf(Rejected.class);
    assertThat(exporter.export(positional(1, "item", floats(1)), true)).isSameAs(Skipped.INSTANCE);
    assertThat(exporter.export(positional(1, "item"), true)).isSameAs(Skipped.INSTANCE);
  }

  @Test
  void whatNamesNoModelIsSkipped() throws Exception {
    Exporter exporter = exporter(ModelFilter.of(List.of("user")));

    assertThat(exporter.export(new byte[] {99}, true)).isSameAs(Skipped.INSTANCE);
    assertThat(exporter.export(new byte[101], true)).isSameAs(Skipped.INSTANCE);
  }

  @Test
  void noEventThatIsSkippedWaitsForItsKeyConfig() throws Exception {
    Exporter exporter = exporter(ModelFilter.of(List.of("user")));
    for (String model : List.of("user", "item")) {
      exporter.export(
          bytes(new EmbeddingEvent(1, model).setKeyConfigVersion(9).setTensors(List.of(floats(1)))),
          true);
    }

    assertThat(awaited).containsExactly("user");
  }
}
