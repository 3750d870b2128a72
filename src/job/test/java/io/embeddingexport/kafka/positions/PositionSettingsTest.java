package io.embeddingexport.kafka.positions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class PositionSettingsTest {
  private final PositionSettings settings =
      new PositionSettings(
          "127.0.0.1:1",
          "g",
          "p.",
          true,
          Duration.ofMinutes(5),
          RunIdentity.create(),
          Map.of(
              "max.poll.records", "7",
              "auto.offset.reset", "latest",
              "enable.auto.commit", "true",
              "security.protocol", "SSL",
              "isolation.level", "read_committed"),
          Map.of("linger.ms", "3", "acks", "1", "enable.idempotence", "false"));

  @Test
  void aConsumerNeverCommitsNorChoosesWhereToStart() {
    assertThat(settings.consumerProperties("0"))
        .containsEntry("enable.auto.commit", "false")
        .containsEntry("auto.offset.reset", "none")
        .containsEntry("allow.auto.create.topics", "false")
        .containsEntry("group.id", "g")
        .containsEntry("client.id", "g-0")
        .containsEntry("max.poll.records", "7")
        .containsEntry("isolation.level", "read_committed");
  }

  @Test
  void aProducerLosesAndRepeatsNothingWhateverTheUserSays() {
    assertThat(settings.producerProperties("0"))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("linger.ms", "3")
        .doesNotContainKey("transactional.id");
    assertThat(settings.producerProperties("0-1", "p.-0-1"))
        .containsEntry("transactional.id", "p.-0-1")
        .containsEntry("transaction.timeout.ms", 300_000)
        .containsEntry("client.id", "g-0-1");
  }

  @Test
  void anAdminClientHasOfTheConsumersPropertiesThoseItKnows() {
    assertThat(settings.adminProperties("start"))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "127.0.0.1:1")
        .containsEntry("client.id", "g-start")
        .doesNotContainKeys("max.poll.records", "isolation.level");
  }

  @Test
  void everyPropertyIsOneThatItsClientKnows() {
    assertThat(ConsumerConfig.configNames()).containsAll(settings.consumerProperties("0").keySet());
    assertThat(ProducerConfig.configNames())
        .containsAll(settings.producerProperties("0", "id").keySet());
    assertThat(AdminClientConfig.configNames()).containsAll(settings.adminProperties("0").keySet());
  }

  @Test
  void anIdIsOfOneSlotAndOneNumber() {
    assertThat(settings.transactionalId(3, 1)).isEqualTo("p.-3-1");
    assertThat(settings.transactionalId(1, 12)).isNotEqualTo(settings.transactionalId(11, 2));
  }

  @Test
  void settingsTravelToTasks() throws Exception {
    assertThat(InstantiationUtil.clone(settings)).isEqualTo(settings);
  }

  @Test
  void everyRunIsAnother() {
    assertThat(RunIdentity.create().id()).matches("[0-9a-f]{12}");
    assertThat(RunIdentity.create().id()).isNotEqualTo(RunIdentity.create().id());
    assertThat(RunIdentity.create().submitted().getNano()).isZero();
  }
}
