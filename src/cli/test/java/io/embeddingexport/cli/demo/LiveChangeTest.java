package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.audit.ExportChecker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveChangeTest {
  private static final TopicPartition PARTITION = new TopicPartition("records", 0);

  private final MockConsumer<byte[], byte[]> written = new MockConsumer<>("latest");
  private final StringWriter printed = new StringWriter();
  private int publications;
  private final LiveChange change =
      new LiveChange(
          new DemoKeyConfigChange(DemoFixtures.USER, DemoFixtures.NEXT_USER),
          1000,
          () -> ++publications,
          this::watch,
          new DemoConsole(new PrintWriter(printed), false));

  private MockConsumer<byte[], byte[]> watch() {
    assertThat(publications).as("published before the watch began").isZero();
    written.assign(List.of(PARTITION));
    written.updateEndOffsets(Map.of(PARTITION, 0L));
    return written;
  }

  @AfterEach
  void close() throws InterruptedException {
    change.close();
  }

  @Test
  void givenNothingPublishedThenNothingIsShown() {
    change.show();

    assertThat(printed.toString()).isEmpty();
    assertThat(change.millisToFirst()).isEqualTo(-1);
  }

  @Test
  void whenItIsPublishedThenItIsShownOnce() throws Exception {
    change.prepare();
    change.publish();
    change.show();
    change.show();

    assertThat(publications).isEqualTo(1);
    assertThat(printed.toString())
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
    await().until(() -> change.millisToFirst() >= 0);
    change.show();

    assertThat(printed.toString())
        .containsPattern("first record under it was written \\d+ ms later");
  }

  @Test
  void givenRecordsOfOtherModelsAndVersionsThenTheyAreNotTheFirst() throws Exception {
    change.prepare();
    change.publish();
    written.addRecord(record(0, "user", "3"));
    written.addRecord(record(1, "item", "4"));
    await().until(() -> written.position(PARTITION) == 2);

    assertThat(change.millisToFirst()).isEqualTo(-1);
  }

  @Test
  void itHasTakenEffectOnceARecordUnderTheNextVersionIsRead() {
    DemoEvents events = DemoFixtures.events(1_000);
    ExportChecker checker = RightOutput.checker(events);
    for (int i = 0; i < events.changeAt(); i++) {
      checker.output(RightOutput.of(events, i, 3));
    }
    assertThat(change.hasTakenEffect(checker.report())).isFalse();

    for (int i = events.changeAt(); i < events.count(); i++) {
      checker.output(RightOutput.of(events, i, 4));
    }
    assertThat(change.hasTakenEffect(checker.report())).isTrue();
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, String model, String version) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("records", 0, offset, new byte[1], new byte[1]);
    String origin = model + "@" + version + " events:0:" + offset;
    record.headers().add("ee.origin", origin.getBytes(UTF_8));
    return record;
  }
}
