package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.embeddingexport.flink.KeyConfigFeed;
import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopic;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicException;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.local.FreePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The feed of a key-config topic, against a broker, and what is left of it: no thread. */
@ExtendWith(SharedBroker.class)
class KeyConfigFollowingIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private final Kafka kafka;

  KeyConfigFollowingIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void whatWasThereShouldBeThereAtOnceAndTheRestFollow() throws Exception {
    String topic = kafka.createTopic("configs", 3);
    for (int i = 0; i < 20; i++) {
      publish(topic, "m" + i, 1);
    }
    try (KeyConfigFeed feed = open(topic)) {
      List<String> atStart = new ArrayList<>();
      for (ReceivedKeyConfig next = feed.poll(); next != null; next = feed.poll()) {
        atStart.add(inShort(next));
      }
      assertThat(atStart)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 20).mapToObj(i -> "m" + i + "=1").toList());

      publish(topic, "m", 2);
      kafka.send(List.of(Events.message(topic, "m", null)));

      assertThat(next(feed)).isEqualTo("m=2");
      assertThat(next(feed)).isEqualTo("m=null");
    }
  }

  @Test
  void anEndOfAbortedMessagesShouldBeReached() throws Exception {
    String topic = kafka.createTopic("configs", 1);
    publish(topic, "m", 1);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(message(topic, "m", 2)).get();
      producer.abortTransaction();
    }

    try (KeyConfigFeed feed = open(topic)) {
      assertThat(inShort(feed.poll())).isEqualTo("m=1");
      assertThat(feed.poll()).isNull();
    }
  }

  @Test
  void aTopicCreatedAnewThatIsSmallerShouldBeReadFromItsBeginning() throws Exception {
    String topic = kafka.createTopic("configs", 1);
    publish(topic, "m", 1);
    publish(topic, "m", 2);
    try (KeyConfigFeed feed = open(topic)) {
      assertThat(next(feed)).isEqualTo("m=2");

      recreate(topic);
      publish(topic, "n", 1);

      assertThat(next(feed)).isEqualTo("n=1");
    }
  }

  @Test
  void aTopicCreatedAnewThatHasGrownPastTheOldOnesEndShouldBeReadFromItsBeginning()
      throws Exception {
    String topic = kafka.createTopic("configs", 1);
    try (KeyConfigFeed feed = open(topic)) {
      // More than the feed takes ahead, so that it does not look while the topic is exchanged.
      int old = 3000;
      kafka.send(Collections.nCopies(old, Events.message(topic, "old", null)));
      recreate(topic);
      publish(topic, "first", 1);
      kafka.send(Collections.nCopies(2 * old, Events.message(topic, "new", null)));

      String next = next(feed);
      while (!next.equals("first=1")) {
        next = next(feed);
      }
    }
  }

  @Test
  void aBrokerThatIsAwayShouldBeWaitedFor() throws Exception {
    try (Kafka own = new Kafka(BrokerProcess.start())) {
      String topic = own.createTopic("configs", 1);
      try (KeyConfigFeed feed = open(settings(own.bootstrapServers(), topic, 60))) {
        own.broker().kill();
        assertThat(feed.poll(Duration.ofSeconds(3))).isNull();
        own.broker().restart();

        own.send(List.of(message(topic, "m", 1)));

        assertThat(next(feed)).isEqualTo("m=1");
      }
    }
  }

  @Test
  void closingShouldTakeNoTimeWhileTheBrokerIsAway() throws Exception {
    try (Kafka own = new Kafka(BrokerProcess.start())) {
      KeyConfigFeed feed =
          open(settings(own.bootstrapServers(), own.createTopic("configs", 1), 60));
      own.broker().kill();
      assertThat(feed.poll(Duration.ofMillis(500))).isNull();
      long start = System.nanoTime();

      feed.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void givenNoTopicThenItIsSaidAtOnceAndHowToCreateIt() {
    long start = System.nanoTime();

    assertThatExceptionOfType(KeyConfigTopicException.class)
        .isThrownBy(() -> open("no-configs"))
        .withMessageContaining("key-config.topic = no-configs at " + kafka.bootstrapServers())
        .withMessageContaining("--create --topic no-configs")
        .withMessageContaining("cleanup.policy=compact");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void givenNoBrokerThenItIsSaidAfterTheTimeout() throws Exception {
    int port = FreePort.find();
    long start = System.nanoTime();

    KeyConfigTopicException failure =
        catchThrowableOfType(
            KeyConfigTopicException.class, () -> open(settings("127.0.0.1:" + port, "configs", 2)));

    assertThat(failure)
        .hasMessageContaining("key-config.topic = configs at 127.0.0.1:" + port)
        .hasMessageContaining("no broker answers: nothing listens at 127.0.0.1:" + port)
        .hasMessageContaining("check that the broker runs");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
  }

  private void recreate(String topic) {
    kafka.delete(topic);
    kafka.create(topic, 1, Map.of());
  }

  private void publish(String topic, String model, int version) {
    kafka.send(List.of(message(topic, model, version)));
  }

  private static ProducerRecord<byte[], byte[]> message(String topic, String model, int version) {
    return Events.message(topic, model, Events.keyConfig(model, version, 7).getBytes(UTF_8));
  }

  private KeyConfigFeed open(String topic) throws Exception {
    return open(settings(kafka.bootstrapServers(), topic, 60));
  }

  private static KeyConfigFeed open(KeyConfigTopicSettings settings) throws Exception {
    return new KeyConfigTopic(settings).open(0);
  }

  private static KeyConfigTopicSettings settings(String servers, String topic, int seconds) {
    return new KeyConfigTopicSettings(
        servers, topic, "group", Duration.ofSeconds(seconds), Map.of(), Set.of(), List.of());
  }

  private static String next(KeyConfigFeed feed) throws Exception {
    return inShort(feed.poll(Kafka.PATIENCE));
  }

  /** "model=version", or "model=null" if it is retired. */
  private static String inShort(@Nullable ReceivedKeyConfig received) {
    assertThat(received).isNotNull();
    return new String(received.envelope().key(), UTF_8)
        + "="
        + (received.message() instanceof Publish publish ? publish.config().version() : null);
  }
}
