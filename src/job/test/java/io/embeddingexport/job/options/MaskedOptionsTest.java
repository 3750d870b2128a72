package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedOptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.client.sasl.jaas.config",
        "kafka.client.ssl.key.password",
        "kafka.client.ssl.keystore.key",
        "kafka.client.ssl.keystore.password",
        "kafka.sink.ssl.truststore.password",
        "kafka.source.ssl.truststore.certificates",
        "kafka.client.sasl.oauthbearer.client.credentials.client.secret",
        "kafka.client.sasl.oauthbearer.assertion.private.key.passphrase",
        "kafka.client.a.plugins.pin",
        "kafka.client.config.providers.vault.param.pin",
        "flink.containerized.master.env.DB_PASS",
        "flink.env.java.opts.all",
        "flink.fs.s3a.session",
        "flink.kubernetes.env.x",
        "flink.s3.access-key",
        "flink.s3.secret-key",
        "flink.fs.azure.account.key",
        "flink.security.ssl.rest.key-password"
      })
  void aSecretShouldBeMasked(String name) {
    assertThat(MaskedOptions.of(options(name, "canary"))).isEqualTo(Map.of(name, "******"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input.topic",
        "key-config.topic",
        "kafka.bootstrap-servers",
        "kafka.client.security.protocol",
        "kafka.client.ssl.keystore.location",
        "kafka.client.sasl.mechanism",
        "kafka.sink.key.serializer",
        "flink.execution.checkpointing.dir",
        "flink.metrics.reporter.prom.port"
      })
  void whatIsNoSecretShouldBeShown(String name) {
    assertThat(MaskedOptions.of(options(name, "x"))).isEqualTo(Map.of(name, "x"));
  }

  @Test
  void aParameterOfAKnownConfigProviderShouldBeMasked() {
    Map<String, String> masked =
        MaskedOptions.of(
            Configuration.fromMap(
                Map.of(
                    "kafka.client.config.providers", "vault",
                    "kafka.client.config.providers.vault.class", "a.Vault",
                    "kafka.client.config.providers.vault.param.pin", "canary")));

    assertThat(masked)
        .containsEntry("kafka.client.config.providers.vault.class", "a.Vault")
        .containsEntry("kafka.client.config.providers.vault.param.pin", "******");
  }

  @Test
  void withoutOptionsNothingIsShown() {
    assertThat(MaskedOptions.of(new Configuration())).isEmpty();
  }

  private static Configuration options(String name, String value) {
    return Configuration.fromMap(Map.of(name, value));
  }
}
