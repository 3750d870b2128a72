package io.embeddingexport.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.thrift.TSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples in {@code etc/samples/keys}, which the demo and {@code produce} use. */
class SampleKeyConfigsTest {

  @ParameterizedTest
  @ValueSource(strings = {"user", "item", "query"})
  void givenASampleKeyConfigWhenItsEmbeddingComesByNameThenItIsExported(String model)
      throws Exception {
    KeyConfig config = parse(model);
    KeyConfigs configs = new KeyConfigs();
    configs.set(config);
    RawTypedTensor raw = new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(new byte[128 * 4]));
    EmbeddingEvent event = new EmbeddingEvent(42, model);
    event.setNamedTensors(Map.of(model + "_embedding", GeneralTensor.rawTypedTensor(raw)));

    Outcome outcome =
        new Exporter(EventInput.of(EventFormat.THRIFT).newDecoder(), configs, ExportLimits.DEFAULT)
            .export(new TSerializer().serialize(event), true);

    assertThat(outcome).isInstanceOf(Exported.class);
    assertThat(((Exported) outcome).model()).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "item", "query"})
  void parseShouldBeTheInverseOfWrite(String model) throws Exception {
    KeyConfig config = parse(model);

    byte[] json = KeyConfigJson.write(config).getBytes(StandardCharsets.UTF_8);

    assertThat(KeyConfigParser.parse("json", json)).isEqualTo(config);
  }

  private static KeyConfig parse(String model) throws Exception {
    return KeyConfigParser.parseAll(Path.of("etc/samples/keys", model + ".yaml")).get(0);
  }
}
