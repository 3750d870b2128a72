package io.embeddingexport.it;

import static io.embeddingexport.it.KeyConfigTopicFixture.event;
import static io.embeddingexport.it.KeyConfigTopicFixture.reasons;
import static io.embeddingexport.it.KeyConfigTopicFixture.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A key-config topic that is deleted and created again. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class RecreatedKeyConfigTopicIT {
  private final Kafka kafka;
  private final FlinkCluster cluster;
  private KeyConfigTopicFixture live;

  RecreatedKeyConfigTopicIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  @BeforeEach
  void define(@TempDir Path directory) {
    live = new KeyConfigTopicFixture(kafka, cluster, directory);
  }

  @Test
  void givenATopicCreatedAnewWhileTheJobRunsThenNoVersionFallsAndGreaterOnesAreTaken()
      throws Exception {
    live.publish("m", 5);
    try (ExportJob job = live.start()) {
      live.send(event("m", 1));
      kafka.awaitCommitted(live.output, 1);

      live.recreate();
      // Read only by who goes back: the new topic has grown past where the old one ended.
      live.publish("first", 1);
      live.publish("m", 1);
      live.publish("m", 3);
      live.awaitVersion("first", 1);
      live.send(event("m", 2));
      live.publish("m", 6);
      live.send(Events.pinned("m", 6, 1, 3, 0));

      assertThat(live.awaitVersionsOf("m", 3)).containsExactly("1=5", "2=5", "3=6");
      assertThat(job.progress().restarts()).isZero();
    }
    assertThat(reasons(kafka.committed(live.deadLetters))).allMatch("no-key-config"::equals);
  }

  @Test
  void givenATopicCreatedAnewWhileTheJobRunsThenASlotThatStartsAgainGoesOn() throws Exception {
    live.options.put("input.discovery-interval", "500 ms");
    live.publish("m", 5);
    live.publish("bad", "{");
    try (ExportJob job = live.start()) {
      live.send(event("m", 1));
      kafka.awaitCommitted(live.output, 1);
      kafka.awaitCommitted(live.deadLetters, 1);
      live.recreate();
      live.publish("m", 6);
      live.send(Events.pinned("m", 6, 1, 2, 0));
      kafka.awaitCommitted(live.output, 2);

      fenceFirstSlot();
      live.publish("other", 1);

      job.awaitRestarts(1);
      live.publish("bad", "[");
      kafka.awaitCommitted(live.deadLetters, 2);
      live.send(event("m", 3));
      assertThat(versions(kafka.awaitCommitted(live.output, 3)))
          .containsExactly("1=5", "2=6", "3=6");
    }
    assertThat(kafka.committed(live.deadLetters)).hasSize(2);
  }

  @Test
  void givenATopicCreatedAnewWhileTheJobRunsThenTheNextStartLettersNothingTwice() throws Exception {
    live.options.put("input.discovery-interval", "500 ms");
    live.publish("m", 5);
    live.publish("bad", "{");
    try (ExportJob job = live.start()) {
      kafka.awaitCommitted(live.deadLetters, 1);
      live.recreate();
      live.publish("bad", "[");
      live.publish("bad", "(");
      // More messages than the topic before had: who reads on from there misses the first.
      live.publish("bad", ")");
      kafka.awaitCommitted(live.deadLetters, 4);
      assertThat(job.progress().restarts()).isZero();
    }
    try (ExportJob job = live.start()) {
      live.publish("bad", "]");
      kafka.awaitCommitted(live.deadLetters, 5);
    }

    assertThat(kafka.committed(live.deadLetters).stream().map(l -> new String(l.value(), UTF_8)))
        .containsExactly("{", "[", "(", ")", "]");
  }

  /**
   * Its next commit, that of how far the key live.configs are handled, fails; it starts again
   * alone.
   */
  private void fenceFirstSlot() {
    for (String id : List.of("-0-0", "-0-1")) {
      Map<String, Object> client =
          Map.of(
              "bootstrap.servers",
              kafka.bootstrapServers(),
              "transactional.id",
              live.options.get("output.transactional-id-prefix") + id);
      try (var producer =
          new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.initTransactions();
      }
    }
  }

  @Test
  void givenATopicCreatedAnewBetweenTwoRunsThenNoVersionFalls(@TempDir Path directory)
      throws Exception {
    live.publish("m", 5);
    live.publish("bad", "{");
    String savepoint;
    try (ExportJob job = live.start()) {
      live.send(event("m", 1));
      kafka.awaitCommitted(live.output, 1);
      kafka.awaitCommitted(live.deadLetters, 1);
      savepoint = job.stopWithSavepoint(directory);
    }
    live.recreate();
    live.publish("bad", "{");
    live.publish("m", 2);
    live.send(event("m", 2));
    try (ExportJob job = live.start(savepoint)) {
      assertThat(versions(kafka.awaitCommitted(live.output, 2))).containsExactly("1=5", "2=5");
      live.publish("m", 6);
      live.send(Events.pinned("m", 6, 1, 3, 0));
      assertThat(versions(kafka.awaitCommitted(live.output, 3)))
          .containsExactly("1=5", "2=5", "3=6");
    }
    assertThat(reasons(kafka.committed(live.deadLetters)))
        .as("a message of the new topic is another one")
        .containsExactly("key-config-refused", "key-config-refused");
  }
}
