package io.embeddingexport.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.ThriftEvents;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.keys.KeyConfigUpdate.Retire;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyConfigsTest {
  private final KeyConfigs configs = new KeyConfigs();

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

    Event decoded = (Event) EventFormat.THRIFT.newDecoder().decode(event, configs);

    assertThat(decoded.known()).isSameAs(configs.get("m"));
    assertThat(((Event) EventFormat.THRIFT.newDecoder().decode(event)).known()).isNull();
  }

  private static KeyConfig config(int version) throws Exception {
    String json =
        "{\"model\":\"m\",\"version\":"
            + version
            + ",\"keys\":[{\"name\":\"a\",\"key\":1,\"dtype\":\"FLOAT\",\"shape\":[2]}]}";
    return KeyConfigParser.parse("test", json.getBytes(UTF_8));
  }
}
