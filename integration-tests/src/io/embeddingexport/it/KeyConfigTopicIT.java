package io.embeddingexport.it;

import static io.embeddingexport.it.KeyConfigTopicFixture.event;
import static io.embeddingexport.it.KeyConfigTopicFixture.header;
import static io.embeddingexport.it.KeyConfigTopicFixture.reasons;
import static io.embeddingexport.it.KeyConfigTopicFixture.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Key configs that change while the job runs, from a compacted topic. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class KeyConfigTopicIT {
  private final Kafka kafka;
  private final FlinkCluster cluster;
  private KeyConfigTopicFixture live;

  KeyConfigTopicIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  @BeforeEach
  void define(@TempDir Path directory) {
    live = new KeyConfigTopicFixture(kafka, cluster, directory);
  }

  @Test
  void givenAGreaterVersionPublishedLiveThenRecordsChangeToIt() throws Exception {
    live.publish("m", 1);
    live.send(event("m", 1));
    try (ExportJob job = live.start()) {
      assertThat(versions(kafka.awaitCommitted(live.output, 1))).containsExactly("1=1");

      live.publish("m", 2);

      live.awaitVersion("m", 2);
    }
    assertThat(kafka.committed(live.deadLetters)).isEmpty();
  }

  @Test
  void givenAnOlderVersionOrAnotherContentOfTheSameThenWhatIsInForceStays() throws Exception {
    live.publish("m", 5);
    try (ExportJob job = live.start()) {
      live.publish("m", 4);
      live.publish("m", Events.keyConfig("m", 5, 99));
      live.publish("marker", 1);
      live.awaitVersion("marker", 1);
      live.send(event("m", 1));

      assertThat(live.awaitVersionsOf("m", 1)).containsExactly("1=5");
    }
    assertThat(kafka.committed(live.deadLetters)).isEmpty();
  }

  @Test
  void givenARetiredModelThenItsEventsAreDeadLettersUntilAGreaterVersionComes() throws Exception {
    live.publish("m", 3);
    live.send(event("m", 1));
    try (ExportJob job = live.start()) {
      kafka.awaitCommitted(live.output, 1);
      live.retire("m");
      live.publish("marker", 1);
      live.awaitVersion("marker", 1);
      live.send(event("m", 2));
      kafka.awaitCommitted(live.deadLetters, 1);
      live.publish("m", 3);
      live.publish("marker", 2);
      live.awaitVersion("marker", 2);
      live.send(event("m", 3));
      assertThat(reasons(kafka.awaitCommitted(live.deadLetters, 2)))
          .containsExactly("model-retired", "model-retired");

      live.publish("m", 4);

      live.send(Events.pinned("m", 4, 1, 4, 0));
      assertThat(live.awaitVersionsOf("m", 2)).containsExactly("1=3", "4=4");
    }
  }

  @Test
  void givenMessagesThatCannotBeReadThenEachIsOneDeadLetterHoweverManyRead(@TempDir Path directory)
      throws Exception {
    live.publish("m", 1);
    live.publish("bad", "{\"model\":\"bad\"}");
    String savepoint;
    try (ExportJob job = live.start()) {
      kafka.awaitCommitted(live.deadLetters, 1);
      live.publish("m", "{");
      kafka.awaitCommitted(live.deadLetters, 2);
      job.awaitCheckpoints(3);
      savepoint = job.stopWithSavepoint(directory);
    }
    try (ExportJob job = live.start(savepoint)) {
      live.publish("marker", 1);
      live.awaitVersion("marker", 1);
      job.awaitCheckpoints(3);
    }

    List<ConsumerRecord<byte[], byte[]>> letters = kafka.committed(live.deadLetters);
    assertThat(reasons(letters)).containsExactly("key-config-refused", "key-config-refused");
    assertThat(letters.get(0).key()).isEqualTo("bad".getBytes(UTF_8));
    assertThat(letters.get(0).value()).isEqualTo("{\"model\":\"bad\"}".getBytes(UTF_8));
    assertThat(header(letters.get(0), "ee.topic")).isEqualTo(live.configs);
    assertThat(header(letters.get(0), "ee.offset")).isEqualTo("1");
    assertThat(header(letters.get(1), "ee.model")).isEqualTo("m");
  }

  @Test
  void givenAnEventForAVersionThatComesLaterThenItWaitsAndNothingOvertakes() throws Exception {
    live.options.put("key-config.wait-timeout", "1 min");
    live.publish("m", 1);
    try (ExportJob job = live.start()) {
      live.send(event("m", 1), Events.pinned("m", 2, 1, 2, 0), event("m", 3));
      kafka.awaitWritten(live.output, 1);

      live.publish("m", 2);

      assertThat(versions(kafka.awaitCommitted(live.output, 3)))
          .containsExactly("1=1", "2=2", "3=2");
    }
    assertThat(kafka.committed(live.deadLetters)).isEmpty();
  }

  @Test
  void givenAnEventForAVersionThatNeverComesThenItIsADeadLetterAfterTheTimeout() throws Exception {
    live.options.put("key-config.wait-timeout", "500 ms");
    live.publish("m", 1);
    try (ExportJob job = live.start()) {
      live.send(event("m", 1), Events.pinned("m", 9, 1, 2, 0), event("m", 3));

      assertThat(versions(kafka.awaitCommitted(live.output, 2))).containsExactly("1=1", "3=1");
      assertThat(reasons(kafka.awaitCommitted(live.deadLetters, 1)))
          .containsExactly("key-config-version-unknown");
    }
  }

  @Test
  void givenATopicNamedLiveThenRecordsGoThereAndOneThatIsNotThereIsRefused() throws Exception {
    String own = kafka.createTopic("own", 1);
    live.publish("m", 1);
    try (ExportJob job = live.start()) {
      for (String bad : List.of("nowhere", live.input, live.deadLetters, live.configs)) {
        live.publish("m", Events.keyConfig("m", 2, 72) + "output-topic: " + bad + "\n");
      }
      assertThat(reasons(kafka.awaitCommitted(live.deadLetters, 4)))
          .containsOnly("key-config-refused");
      live.send(event("m", 1));
      assertThat(versions(kafka.awaitCommitted(live.output, 1))).containsExactly("1=1");

      live.publish("m", Events.keyConfig("m", 2, 72) + "output-topic: " + own + "\n");

      live.send(Events.pinned("m", 2, 1, 2, 0));
      assertThat(versions(kafka.awaitCommitted(own, 1))).containsExactly("2=2");
      assertThat(job.progress().restarts()).isZero();
    }
  }

  @Test
  void givenFilesAndTopicThenTheGreaterVersionIsInForce(@TempDir Path directory) throws Exception {
    live.options.put(
        "key-config.files",
        Events.write(directory, Events.keyConfig("a", 2, 72), Events.keyConfig("b", 2, 72))
            .toString());
    live.publish("a", 1);
    live.publish("b", 3);
    live.send(event("a", 1), event("b", 2));
    try (ExportJob job = live.start()) {
      assertThat(versions(kafka.awaitCommitted(live.output, 2))).containsExactly("1=2", "2=3");
    }
  }
}
