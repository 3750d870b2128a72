package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.keys.KeyConfigMessage;
import io.embeddingexport.keys.KeyConfigUpdate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveChangeTest {
  private static final TopicPartition PARTITION = new TopicPartition("records", 0);

  private final MockProducer<byte[], byte[]> keyConfigs =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final MockConsumer<byte[], byte[]> written = new MockConsumer<>("latest");
  private final StringWriter screen = new StringWriter();
  private final LiveChange change =
      new LiveChange(
          new DemoModel(DemoFixtures.USER, DemoFixtures.NEXT_USER),
          1000,
          new KeyConfigPublisher(keyConfigs, "key-configs"),
          this::watch,
          new DemoConsole(new PrintWriter(screen), false));

  private FirstRecord watch(String model, long version) {
    assertThat(keyConfigs.history()).as("published before the watch began").isEmpty();
    written.assign(List.of(PARTITION));
    written.updateEndOffsets(Map.of(PARTITION, 0L));
    FirstRecord first = new FirstRecord(written, model, version);
    first.start();
    return first;
  }

  @AfterEach
  void close() throws InterruptedException {
    change.close();
  }

  @Test
  void givenNothingPublishedThenNothingIsShown() {
    change.show();

    assertThat(screen.toString()).isEmpty();
    assertThat(change.result().millisToFirst()).isEqualTo(-1);
  }

  @Test
  void whenItIsPublishedThenTheTopicHasTheNextVersionAndItIsShownOnce() throws Exception {
    change.prepare();
    change.publish();
    change.show();
    change.show();

    assertThat(keyConfigs.history())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.topic()).isEqualTo("key-configs");
              assertThat(KeyConfigMessage.decode("test", message.key(), message.value()))
                  .isEqualTo(new KeyConfigUpdate.Publish(DemoFixtures.NEXT_USER));
            });
    assertThat(screen.toString())
        .containsOnlyOnce("published version 4 of user's key config at event 1,000")
        .containsOnlyOnce("it adds tensor history (float [5])")
        .doesNotContain("later");
  }

  @Test
  void givenARecordUnderTheNextVersionIsWrittenThenTheTimeItTookIsShown() throws Exception {
    change.prepare();
    change.publish();
    written.addRecord(record(0, "user", "3"));
    written.addRecord(record(1, "item", "4"));
    written.addRecord(record(2, "user", "4"));
    await().until(() -> change.result().millisToFirst() >= 0);
    change.show();

    assertThat(screen.toString())
        .containsPattern("first record under it was written \\d+ ms later");
    assertThat(change.hasTakenEffect()).as("one has come out").isFalse();
  }

  @Test
  void givenRecordsOfOtherModelsAndVersionsThenTheyAreNotTheFirst() throws Exception {
    change.prepare();
    change.publish();
    written.addRecord(record(0, "user", "3"));
    written.addRecord(record(1, "item", "4"));
    await().until(() -> written.position(PARTITION) == 2);

    assertThat(change.result().millisToFirst()).isEqualTo(-1);
  }

  @Test
  void recordsOfTheModelAreCountedUnderTheVersionTheyName() {
    change.take(record(0, "user", "3"));
    assertThat(change.hasTakenEffect()).isFalse();
    change.take(record(1, "user", "4"));
    change.take(record(2, "user", "4"));
    change.take(record(3, "item", "4"));

    ChangeOutcome result = change.result();
    assertThat(change.hasTakenEffect()).isTrue();
    assertThat(result.recordsUnderFrom()).isEqualTo(1);
    assertThat(result.recordsUnderTo()).isEqualTo(2);
    assertThat(result.isShown()).isTrue();
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, String model, String version) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("records", 0, offset, new byte[1], new byte[1]);
    String origin = model + "@" + version + " events:0:" + offset;
    record.headers().add("ee.origin", origin.getBytes(UTF_8));
    return record;
  }
}
