package io.embeddingexport.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.it.BrokerProcess;
import io.embeddingexport.kafka.positions.PositionClient;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** An id is used again and again: its epochs run out after 32,767 commits, and nobody notices. */
class ManyCommitsIT {
  private static final int COMMITS = 33_000;
  private static final TopicPartition PARTITION = new TopicPartition("events", 0);

  @Test
  void givenMoreCommitsThanAnIdHasEpochsThenTheLastPositionStands() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopics.create(admin, List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)));
      PositionSettings settings =
          new PositionSettings(
              broker.bootstrapServers(),
              "g",
              "p.",
              true,
              Duration.ofMinutes(1),
              RunIdentity.create(),
              Map.of(),
              // The id is used again at once, while the brokers still write the end of its last
              // transaction: the producer tries again, and is not to wait for long.
              Map.of("retry.backoff.ms", "1", "retry.backoff.max.ms", "1"));
      Positions positions = new Positions();
      PositionMarker marker =
          new PositionMarker(settings.run(), List.of(), 1, 0, 1, Uuid.randomUuid(), "p.");
      positions.start(new PartitionStart("events", 0, "id", 0, marker.text()));
      try (PositionClient client = new PositionClient(settings, "test");
          TransactionalWriter writer =
              new TransactionalWriter(
                  new ProducerRing(settings, 0), positions, client.group(), System::nanoTime)) {
        for (int commit = 1; commit <= COMMITS; commit++) {
          positions.move("events", 0, commit);
          writer.prepare(commit);
          writer.commit(commit);
        }
      }

      assertThat(
              admin
                  .listConsumerGroupOffsets("g")
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .get(PARTITION)
                  .offset())
          .isEqualTo(COMMITS);
      assertThat(admin.listTransactions().all().get())
          .extracting(TransactionListing::transactionalId)
          .containsExactly("p.-0-0");
    }
  }
}
