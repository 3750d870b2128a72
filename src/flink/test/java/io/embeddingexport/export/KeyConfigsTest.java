package io.embeddingexport.export;

import static io.embeddingexport.event.ThriftEvents.floats;
import static io.embeddingexport.event.ThriftEvents.positional;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.ThriftEvents;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.keys.KeyConfigUpdate.Retire;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import io.embeddingexport.keys.RetiredModel;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyConfigsTest {
  private final KeyConfigs configs = new KeyConfigs();
  private final Exporter exporter =
      new Exporter(EventInput.of(EventFormat.THRIFT).newDecoder(), configs, ExportLimits.DEFAULT);

  @Test
  void anUpdateThatIsAppliedIsTheModelsState() {
    KeyConfig first = config("user", 1);

    assertThat(configs.entry("user")).isNull();
    assertThat(configs.apply(new Publish(first))).isSameAs(first);
    assertThat(configs.entry("user")).isSameAs(first);
    assertThat(configs.inForceCount()).isEqualTo(1);
  }

  @Test
  void anUpdateThatIsIgnoredChangesNothing() {
    KeyConfig second = config("user", 2);
    configs.apply(new Publish(second));

    assertThat(configs.apply(new Publish(config("user", 1)))).isNull();
    assertThat(configs.entry("user")).isSameAs(second);
  }

  @Test
  void aRetiredModelIsNotInForceButItsVersionStaysKnown() {
    RetiredModel retired = new RetiredModel("user", 2, null);
    configs.apply(new Publish(config("user", 2)));
    configs.apply(new Publish(config("item", 1)));

    assertThat(configs.apply(new Retire("user"))).isEqualTo(retired);
    assertThat(configs.entry("user")).isEqualTo(retired);
    assertThat(configs.inForceCount()).isEqualTo(1);
  }

  @Test
  void noEventOfARetiredModelIsExportedThoughItWasTheModelsLastAndItsTensorsMatched() {
    byte[] event = positional(1, "user", floats(1));
    configs.apply(new Publish(config("user", 1)));
    assertThat(exporter.export(event, true)).isInstanceOf(Exported.class);

    configs.apply(new Retire("user"));

    assertThat(((Rejected) exporter.export(event, true)).reason())
        .isEqualTo(RejectReason.MODEL_RETIRED);
  }

  @Test
  void aModelIsFoundByItsNameThoughAnotherWasFoundLast() {
    configs.apply(new Publish(config("user", 1)));
    configs.apply(new Publish(config("item", 5)));
    byte[] item = "item".getBytes(StandardCharsets.UTF_8);

    assertThat(configs.find(item, 0, item.length)).isSameAs(configs.get("item"));
    assertThat(configs.get("user").name()).isEqualTo("user");
    assertThat(configs.get("usr")).isNull();
  }

  private static KeyConfig config(String model, long version) {
    KeySpec key =
        new KeySpec(
            "e", 7, DataType.FLOAT, Shape.of(1), TensorEncoding.RAW, false, NonFinite.ACCEPT);
    return new KeyConfig(model, version, List.of(key), null, null, null);
  }

  @Test
  void givenACompiledKeyConfigWhenAppliedThenItIsNotCompiledAgain() throws Exception {
    CompiledKeyConfig compiled = CompiledKeyConfig.of(config(1));

    assertThat(configs.apply(new Publish(compiled.config()), compiled)).isSameAs(compiled.config());

    assertThat(configs.get("m")).isSameAs(compiled);
    assertThat(configs.find(new byte[] {'m'}, 0, 1)).isSameAs(compiled);
  }

  @Test
  void givenAnOlderVersionThatIsCompiledWhenAppliedThenItIsIgnored() throws Exception {
    configs.apply(new Publish(config(2)));

    assertThat(configs.apply(new Publish(config(1)), CompiledKeyConfig.of(config(1)))).isNull();

    assertThat(configs.get("m").config().version()).isEqualTo(2);
  }

  @Test
  void givenARetiredModelWhenAGreaterVersionIsAppliedThenItIsBack() throws Exception {
    configs.apply(new Publish(config(1)));
    configs.apply(new Retire("m"));
    configs.apply(new Publish(config(2)), CompiledKeyConfig.of(config(2)));

    assertThat(configs.retired("m")).isNull();
    assertThat(configs.entry("m")).isEqualTo(config(2));
  }

  @Test
  void anEventShouldCarryTheModelItsDecoderFound() throws Exception {
    configs.apply(new Publish(config(1)));
    byte[] event = ThriftEvents.bytes(new EmbeddingEvent(1, "m").setTensors(List.of()));

    Event decoded =
        (Event)
            EventInput.of(EventFormat.THRIFT).newDecoder().decode(EventMessage.of(event), configs);

    assertThat(decoded.known()).isSameAs(configs.get("m"));
    assertThat(((Event) EventInput.of(EventFormat.THRIFT).newDecoder().decode(event)).known())
        .isNull();
  }

  private static KeyConfig config(int version) throws Exception {
    String json =
        "{\"model\":\"m\",\"version\":"
            + version
            + ",\"keys\":[{\"name\":\"a\",\"key\":1,\"dtype\":\"FLOAT\",\"shape\":[2]}]}";
    return KeyConfigParser.parse("test", json.getBytes(UTF_8));
  }
}
