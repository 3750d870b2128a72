package io.embeddingexport.kafka.keyconfig;

import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.SETTINGS;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.inShort;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.json;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.message;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.publish;
import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyConfigTopicFeedTest {
  private static final TopicPartition P0 = new TopicPartition("configs", 0);
  private static final String THREAD = "feed-under-test";
  private static final int MANY = 3000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final KeyConfigTopicReader reader =
      new KeyConfigTopicReader(
          SETTINGS, consumer, new OutputTopicCheck(Set.of(), List.of(), new FakeTopics(Map.of())));

  /** Null: it is not there. */
  private final AtomicReference<TopicDescription> topic = new AtomicReference<>(topic(1));

  private final TopicWatch watch =
      new TopicWatch((topic, timeout) -> description(), "configs", Duration.ofMillis(1));
  private final AtomicBoolean closed = new AtomicBoolean();
  private KeyConfigTopicFeed feed;

  @BeforeEach
  void readTheEmptyTopic() throws Exception {
    consumer.updateBeginningOffsets(Map.of(P0, 0L));
    consumer.updateEndOffsets(Map.of(P0, 0L));
    reader.readAll(watch.look(PATIENCE), Deadline.in(PATIENCE));
  }

  @AfterEach
  void close() throws Exception {
    if (feed != null) {
      feed.close();
      assertThat(closed).isTrue();
    }
  }

  @Test
  void whatWasThereAtTheStartShouldComeAtOnceAndFirst() throws Exception {
    open(publish("m", 1), publish("n", 1));

    assertThat(inShort(feed.poll())).isEqualTo("m=1");
    assertThat(inShort(feed.poll())).isEqualTo("n=1");
    assertThat(feed.poll()).isNull();
  }

  @Test
  void whatComesShouldComeInItsOrder() throws Exception {
    open();
    send(message(0, 0, "m", json("m", 2)), message(0, 1, "m", null));

    assertThat(inShort(feed.poll(PATIENCE))).isEqualTo("m=2");
    assertThat(inShort(feed.poll(PATIENCE))).isEqualTo("m retired");
  }

  @Test
  void aTaskThatTakesNothingShouldStopTheReadingAndLoseNothing() throws Exception {
    open();
    sendMoreThanTheQueueTakes();
    await().atMost(PATIENCE).until(() -> thread().getState() == Thread.State.WAITING);

    for (int i = 0; i < MANY; i++) {
      assertThat(feed.poll(PATIENCE).envelope().offset()).isEqualTo(i);
    }
  }

  @Test
  void closingShouldEndAThreadThatWaitsForTheTask() throws Exception {
    open();
    sendMoreThanTheQueueTakes();
    await().atMost(PATIENCE).until(() -> thread().getState() == Thread.State.WAITING);

    feed.close();

    assertThat(thread()).isNull();
  }

  private void sendMoreThanTheQueueTakes() {
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < MANY; i++) {
            consumer.addRecord(message(0, i, "m", null));
          }
        });
  }

  @Test
  void aFailureShouldReachTheTaskAfterWhatCameBeforeItAndStay() throws Exception {
    open(publish("m", 1));
    consumer.setPollException(new TopicAuthorizationException(Set.of("configs")));
    await().atMost(PATIENCE).until(() -> thread() == null);

    assertThat(inShort(feed.poll())).isEqualTo("m=1");
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(KeyConfigTopicException.class)
          .isThrownBy(() -> feed.poll())
          .withMessageContaining("key-config.topic = configs")
          .withMessageContaining("READ on topic 'configs' is not allowed; grant it: kafka-acls.sh");
    }
  }

  @Test
  void aFailureShouldWakeATaskThatWaits() {
    open();
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> {
              assertThatExceptionOfType(KeyConfigTopicException.class)
                  .isThrownBy(() -> feed.poll(PATIENCE));
            });
    consumer.setPollException(new KafkaException("broken"));

    assertThat(waiting).succeedsWithin(PATIENCE.dividedBy(2));
  }

  @Test
  void aFailureThatPassesShouldPass() throws Exception {
    open();
    consumer.setPollException(new CoordinatorNotAvailableException("later"));
    await().atMost(PATIENCE).until(() -> thread().getState() == Thread.State.TIMED_WAITING);
    send(message(0, 0, "m", json("m", 2)));

    assertThat(inShort(feed.poll(PATIENCE))).isEqualTo("m=2");
  }

  @Test
  void anOffsetOutOfRangeShouldMakeItBeginAnewAndCompacted() throws Exception {
    open();
    consumer.updateEndOffsets(Map.of(P0, 3L));
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(P0, 99L)));
    send(
        message(0, 0, "m", json("m", 1)),
        message(0, 1, "m", null),
        message(0, 2, "m", json("m", 2)));

    assertThat(inShort(feed.poll(PATIENCE))).isEqualTo("m=2");
    assertThat(feed.poll()).isNull();
  }

  @Test
  void aTopicCreatedAnewShouldBeReadFromItsBeginning() throws Exception {
    open();
    send(message(0, 0, "m", json("m", 1)), message(0, 1, "m", json("m", 2)));
    assertThat(inShort(feed.poll(PATIENCE))).isEqualTo("m=1");
    assertThat(inShort(feed.poll(PATIENCE))).isEqualTo("m=2");

    topic.set(null);
    await().atMost(PATIENCE).until(() -> thread().getState() == Thread.State.TIMED_WAITING);
    // Has grown past the position already: the consumer itself would see nothing amiss.
    consumer.updateEndOffsets(Map.of(P0, 3L));
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(message(0, 0, "m", json("m", 3)));
          consumer.addRecord(message(0, 1, "m", json("m", 4)));
          consumer.addRecord(message(0, 2, "n", json("n", 1)));
        });
    topic.set(topic(1));

    assertThat(inShort(feed.poll(PATIENCE))).isEqualTo("m=4");
    assertThat(inShort(feed.poll(PATIENCE))).isEqualTo("n=1");
  }

  /** They would be taken for messages of the topic before, and come twice. */
  @Test
  void messagesOfATopicCreatedAnewShouldComeOnceAndWithItsId() throws Exception {
    TopicWatch rare = new TopicWatch((topic, timeout) -> description(), "configs", PATIENCE);
    String before = rare.look(PATIENCE).topicId().toString();
    open(rare);
    send(message(0, 0, "m", "{"));
    assertThat(feed.poll(PATIENCE).topicId()).isEqualTo(before);

    topic.set(topic(1));
    consumer.updateEndOffsets(Map.of(P0, 2L));
    send(message(0, 1, "m", "["));
    send(message(0, 0, "m", "("), message(0, 1, "m", "["));

    for (long offset = 0; offset < 2; offset++) {
      ReceivedKeyConfig received = feed.poll(PATIENCE);
      assertThat(received.envelope().offset()).isEqualTo(offset);
      assertThat(received.topicId()).isEqualTo(topic.get().topicId().toString());
    }
  }

  private void open(ReceivedKeyConfig... atStart) {
    open(watch, atStart);
  }

  private void open(TopicWatch watch, ReceivedKeyConfig... atStart) {
    feed =
        new KeyConfigTopicFeed(
            SETTINGS, THREAD, List.of(atStart), reader, watch, () -> closed.set(true));
    feed.start();
  }

  /** Null if it has ended. */
  private static Thread thread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(THREAD))
        .findAny()
        .orElse(null);
  }

  @SafeVarargs
  private void send(ConsumerRecord<byte[], byte[]>... messages) {
    consumer.schedulePollTask(() -> List.of(messages).forEach(consumer::addRecord));
  }

  private KafkaFuture<TopicDescription> description() {
    TopicDescription now = topic.get();
    if (now == null) {
      KafkaFutureImpl<TopicDescription> failed = new KafkaFutureImpl<>();
      failed.completeExceptionally(new UnknownTopicOrPartitionException());
      return failed;
    }
    return KafkaFuture.completedFuture(now);
  }
}
