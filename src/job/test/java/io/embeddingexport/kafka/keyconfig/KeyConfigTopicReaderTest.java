package io.embeddingexport.kafka.keyconfig;

import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.SETTINGS;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.inShort;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.json;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.message;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KeyConfigTopicReaderTest {
  private static final TopicPartition P0 = new TopicPartition("configs", 0);
  private static final TopicPartition P1 = new TopicPartition("configs", 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final KeyConfigTopicReader reader =
      new KeyConfigTopicReader(
          SETTINGS, consumer, new OutputTopicCheck(Set.of(), List.of(), new FakeTopics(Map.of())));

  @Test
  void allPartitionsShouldBeReadToTheEndsTheyHadAndCompacted() throws Exception {
    offsets(Map.of(P0, 0L, P1, 5L), Map.of(P0, 3L, P1, 6L));
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(message(0, 0, "m", json("m", 1)));
          consumer.addRecord(message(0, 2, "m", json("m", 2)));
        });
    consumer.schedulePollTask(() -> consumer.addRecord(message(1, 5, "n", null)));

    assertThat(inShort(reader.readAll(topic(2), soon()))).containsExactly("m=2", "n retired");
  }

  @Test
  void anEmptyTopicShouldBeReadWithoutAPoll() throws Exception {
    offsets(Map.of(P0, 4L), Map.of(P0, 4L));
    consumer.schedulePollTask(
        () -> {
          throw new AssertionError("polled");
        });

    assertThat(reader.readAll(topic(1), soon())).isEmpty();
  }

  @Test
  void anEndThatHoldsNoMessageShouldBeReached() throws Exception {
    offsets(Map.of(P0, 0L), Map.of(P0, 9L));
    consumer.schedulePollTask(() -> consumer.addRecord(message(0, 1, "m", json("m", 1))));
    // Compacted away, or the end of a transaction: the position moves and nothing comes.
    consumer.schedulePollTask(() -> consumer.seek(P0, 9));

    assertThat(inShort(reader.readAll(topic(1), soon()))).containsExactly("m=1");
  }

  @Test
  void readingAgainShouldBeginAtTheBeginning() throws Exception {
    offsets(Map.of(P0, 0L), Map.of(P0, 1L));
    consumer.schedulePollTask(() -> consumer.addRecord(message(0, 0, "m", json("m", 1))));
    reader.readAll(topic(1), soon());
    consumer.schedulePollTask(() -> consumer.addRecord(message(0, 0, "m", json("m", 1))));

    assertThat(inShort(reader.readAll(topic(1), soon()))).containsExactly("m=1");
  }

  @Test
  void whatComesAfterwardsShouldComeAsItIs() throws Exception {
    offsets(Map.of(P0, 0L), Map.of(P0, 0L));
    reader.readAll(topic(1), soon());
    consumer.addRecord(message(0, 0, "m", json("m", 2)));
    consumer.addRecord(message(0, 1, "m", json("m", 1)));
    consumer.addRecord(message(0, 2, "m", null));
    consumer.addRecord(message(0, 3, "m", "{"));

    assertThat(inShort(reader.poll())).containsExactly("m=2", "m=1", "m retired", "m invalid");
  }

  @Test
  void givenAnEndThatDoesNotComeThenItIsSaidHowFarItCame() {
    offsets(Map.of(P0, 0L), Map.of(P0, 9L));
    consumer.schedulePollTask(() -> consumer.addRecord(message(0, 3, "m", json("m", 1))));

    assertThatExceptionOfType(KeyConfigTopicException.class)
        .isThrownBy(() -> reader.readAll(topic(1), Deadline.in(Duration.ofMillis(300))))
        .withMessageContaining("key-config.topic = configs at broker:9092")
        .withMessageContaining("key-config.start-timeout = 30000 ms")
        .withMessageContaining("configs-0 is read to offset 4 of 9");
  }

  private void offsets(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
    consumer.updateBeginningOffsets(beginnings);
    consumer.updateEndOffsets(ends);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }
}
