package io.embeddingexport.cli.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleEventsTest {
  private static final String EVERYTHING =
      """
      model: everything
      version: 3
      keys:
        - {name: a, key: 1, dtype: float, shape: [2, 3], non-finite: reject}
        - {name: b, key: 2, dtype: double, shape: [4]}
        - {name: c, key: 3, dtype: int32, shape: [-1, 2]}
        - {name: d, key: 4, dtype: int64, shape: []}
        - {name: e, key: 5, dtype: uint8, shape: [5]}
        - {name: f, key: 6, dtype: bool, shape: [-1, -1]}
        - {name: g, key: 7, dtype: string, shape: [2], optional: true}
        - {name: h, key: 8, dtype: float, shape: [0], encoding: typed}
      """;

  @ParameterizedTest
  @EnumSource(names = {"THRIFT", "JSON"})
  void everySampleEventBecomesARecord(EventFormat format) throws Exception {
    KeyConfig config = KeyConfigParser.parse("test", EVERYTHING.getBytes(UTF_8));
    KeyConfigs configs = new KeyConfigs();
    configs.set(config);
    Exporter exporter =
        new Exporter(EventInput.of(format).newDecoder(), configs, ExportLimits.DEFAULT);
    SampleFormat written = SampleFormat.of(format);
    SampleEvents events = new SampleEvents(1, List.of(config), 10);

    for (int i = 0; i < 200; i++) {
      byte[] event = written.write(events.get(i), 1234);
      assertThat(exporter.export(event, true)).isInstanceOf(Outcome.Exported.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"THRIFT", "JSON"})
  void anEventIsAFunctionOfSeedAndNumber(EventFormat format) {
    SampleFormat written = SampleFormat.of(format);
    SampleEvents events = new SampleEvents(7, SampleKeyConfigs.all(), 1000);
    SampleEvents again = new SampleEvents(7, SampleKeyConfigs.all(), 1000);
    SampleEvents others = new SampleEvents(8, SampleKeyConfigs.all(), 1000);

    for (int i = 0; i < 20; i++) {
      byte[] event = written.write(events.get(i), 1234);
      assertThat(written.write(again.get(i), 1234)).isEqualTo(event);
      assertThat(written.write(others.get(i), 1234)).isNotEqualTo(event);
      assertThat(written.write(events.get(i + 1), 1234)).isNotEqualTo(event);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSpoiledEventIsRejectedForItsReason(MalformedKind kind) {
    KeyConfig item = SampleKeyConfigs.all().get(1);
    KeyConfigs configs = new KeyConfigs();
    configs.set(item);
    Exporter exporter =
        new Exporter(EventInput.of(EventFormat.THRIFT).newDecoder(), configs, ExportLimits.DEFAULT);
    SampleEvents events = new SampleEvents(1, List.of(item), 10);
    for (int i = 0; i < 50; i++) {
      SampleEvent good = events.get(i);
      SampleEvent event =
          new SampleEvent(item, good.entityId(), good.tensors(), false, good.statesVersion());
      assertThat(exporter.export(kind.write(event, 1234), true))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(kind.reason()));
    }
  }

  @Test
  void theRecordExpectedOfASampleIsTheOneExported() {
    List<KeyConfig> all = SampleKeyConfigs.all();
    KeyConfigs configs = new KeyConfigs();
    all.forEach(configs::set);
    Exporter exporter =
        new Exporter(EventInput.of(EventFormat.THRIFT).newDecoder(), configs, ExportLimits.DEFAULT);
    ThriftSampleFormat format = new ThriftSampleFormat();
    SampleEvents events = new SampleEvents(1, all, 10);
    for (int i = 0; i < 50; i++) {
      SampleEvent event = events.get(i);
      byte[] expected = format.record(event, event.config(), 1234);
      assertThat(exporter.export(format.write(event, 1234), true))
          .isInstanceOfSatisfying(
              Outcome.Exported.class,
              exported -> assertThat(exported.record()).isEqualTo(expected));
    }
  }

  @Test
  void theyAreOfEveryModelAndOfEveryForm() {
    SampleEvents events = new SampleEvents(7, SampleKeyConfigs.all(), 3);
    Set<String> keys = new HashSet<>();
    Set<String> forms = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      SampleEvent event = events.get(i);
      keys.add(new String(event.key(), UTF_8));
      if (event.config().model().equals("user")) {
        forms.add((event.named() ? "named " : "by position ") + event.tensors().size());
      }
    }

    assertThat(keys)
        .containsExactlyInAnyOrder(
            "user:0", "user:1", "user:2", "item:0", "item:1", "item:2", "query:0", "query:1",
            "query:2");
    assertThat(forms).containsExactlyInAnyOrder("named 1", "named 2", "by position 2");
  }
}
