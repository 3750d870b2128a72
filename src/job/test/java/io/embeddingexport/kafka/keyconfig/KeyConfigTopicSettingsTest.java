package io.embeddingexport.kafka.keyconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.KeyConfigSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class KeyConfigTopicSettingsTest {
  private final KeyConfigTopicSettings settings =
      new KeyConfigTopicSettings(
          "broker:9092",
          "configs",
          "group",
          Duration.ofSeconds(30),
          Map.ofEntries(
              Map.entry("security.protocol", "SSL"),
              Map.entry("sasl.jaas.config", "x"),
              Map.entry("config.providers", "file"),
              Map.entry("config.providers.file.class", "y"),
              Map.entry("my.login.callback", "z"),
              Map.entry("isolation.level", "read_uncommitted"),
              Map.entry("fetch.min.bytes", "1000000"),
              Map.entry("max.poll.records", "1"),
              Map.entry("group.instance.id", "a"),
              Map.entry("interceptor.classes", "b")),
          Set.of(),
          List.of());

  @Test
  void whatIsForEventsShouldNotReachTheKeyConfigsClients() {
    Map<String, Object> consumer = settings.consumerProperties(3);

    assertThat(consumer)
        .containsOnly(
            Map.entry("bootstrap.servers", "broker:9092"),
            Map.entry("client.id", "group-key-configs-3"),
            Map.entry("security.protocol", "SSL"),
            Map.entry("sasl.jaas.config", "x"),
            Map.entry("config.providers", "file"),
            Map.entry("config.providers.file.class", "y"),
            Map.entry("my.login.callback", "z"),
            Map.entry("auto.offset.reset", "none"),
            Map.entry("enable.auto.commit", "false"),
            Map.entry("allow.auto.create.topics", "false"),
            Map.entry("isolation.level", "read_committed"));
    assertThat(settings.adminProperties(3))
        .containsEntry("security.protocol", "SSL")
        .doesNotContainKeys("isolation.level", "auto.offset.reset", "max.poll.records");
  }

  @Test
  void aSourceShouldTravelToTheTasks() throws Exception {
    KeyConfigSource source = new KeyConfigTopic(settings);

    assertThat(InstantiationUtil.clone(source)).isEqualTo(source);
  }
}
