package io.embeddingexport.kafka.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.it.AclBroker;
import io.embeddingexport.it.Kafka;
import io.embeddingexport.kafka.ReadPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Brokers leave the offsets of topics that a client may not see out of a group's. */
@ExtendWith(ThreadLeakCheck.class)
class PositionPermissionsIT {
  private static final TopicPartition P0 = new TopicPartition("events", 0);

  private static AclBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = AclBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aPositionThatMayNotBeSeenIsNotTakenForOneThatIsMissing() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopics.create(admin, List.of(new NewTopic("events", 1, (short) 1)));
      Uuid id =
          admin.describeTopics(List.of("events")).allTopicNames().get().get("events").topicId();
      admin.alterConsumerGroupOffsets("job", Map.of(P0, position(id))).all().get();
      AclBroker.allow(ResourceType.GROUP, "job", AclOperation.READ, admin);
      AclBroker.allow(ResourceType.TRANSACTIONAL_ID, "job.", AclOperation.WRITE, admin);
      PartitionStarts starts =
          new PartitionStarts(
              settings(),
              new StartOptions(List.of("events"), null, new ReadPosition.Earliest(), false));

      for (Set<String> known : List.of(Set.of("events"), Set.<String>of())) {
        assertThatExceptionOfType(NoPositionsException.class)
            .as("the job tries again")
            .isThrownBy(() -> starts.all(1, known))
            .withCauseInstanceOf(TopicAuthorizationException.class)
            .withMessageContaining("events");
      }

      // Another broker may have described the topic already: this one has not heard of the
      // permission.
      try (PositionClient client = new PositionClient(settings(), "test")) {
        assertThat(client.visible().offset(P0)).as("left out").isNull();
        assertThatExceptionOfType(TopicAuthorizationException.class)
            .isThrownBy(() -> client.visible(List.of(P0)))
            .withMessageContaining("[events]");
      }

      AclBroker.allow(ResourceType.TOPIC, "events", AclOperation.READ, admin);
      await()
          .atMost(Kafka.PATIENCE)
          .ignoreException(NoPositionsException.class)
          .untilAsserted(
              () -> assertThat(starts.all(1, Set.of("events")).starts()).containsKey(P0));
    }
  }

  private static OffsetAndMetadata position(Uuid topicId) {
    PositionMarker marker =
        new PositionMarker(
            new RunIdentity("0123456789ab", Instant.EPOCH), List.of(), 1, 0, 1, topicId, "job.");
    return new OffsetAndMetadata(0, marker.text());
  }

  private static PositionSettings settings() {
    return new PositionSettings(
        broker.saslServers(),
        "job",
        "job.",
        true,
        Duration.ofMinutes(1),
        RunIdentity.create(),
        broker.clientProperties("pass"),
        broker.clientProperties("pass"));
  }
}
