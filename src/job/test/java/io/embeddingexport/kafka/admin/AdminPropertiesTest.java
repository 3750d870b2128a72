package io.embeddingexport.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminPropertiesTest {
  @Test
  void whatOnlyConsumersAndProducersKnowIsLeftOutAndWhatNoClientKnowsStays() {
    Map<String, String> client =
        Map.of(
            "security.protocol", "SSL",
            "config.providers", "file",
            "config.providers.file.class", "x",
            "my.login.url", "y",
            "isolation.level", "read_committed",
            "max.poll.records", "7",
            "linger.ms", "3",
            "bootstrap.servers", "elsewhere:1",
            "client.id", "consumer");

    assertThat(AdminProperties.of(client, "broker:9092", "admin"))
        .containsOnly(
            Map.entry("security.protocol", "SSL"),
            Map.entry("config.providers", "file"),
            Map.entry("config.providers.file.class", "x"),
            Map.entry("my.login.url", "y"),
            Map.entry("bootstrap.servers", "broker:9092"),
            Map.entry("client.id", "admin"));
  }
}
