package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;

/** Keeps what was sent, and checks that just that came out. */
final class HistoryInputs {
  private static final int ENTITIES = 20;
  private static final int BAD_EVERY = 50;

  private final Kafka kafka;
  private final List<String> topics;
  private final String output;
  private final String deadLetters;

  /** {@code topic:partition:offset} of every input. */
  private final Set<String> sent = new HashSet<>();

  private int number;

  HistoryInputs(Kafka kafka, List<String> topics, String output, String deadLetters) {
    this.kafka = kafka;
    this.topics = topics;
    this.output = output;
    this.deadLetters = deadLetters;
  }

  /** Some of them in a transaction of the sender's, whose end takes an offset. */
  void send(int count, boolean inTransaction) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    if (inTransaction) {
      properties.put("transactional.id", "sender-of-" + topics.get(0));
    }
    var bytes = new org.apache.kafka.common.serialization.ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, bytes, bytes)) {
      if (inTransaction) {
        producer.initTransactions();
        producer.beginTransaction();
        next(3).forEach(producer::send);
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
      }
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      next(count).forEach(message -> answers.add(producer.send(message)));
      for (Future<RecordMetadata> answer : answers) {
        RecordMetadata at = answer.get();
        sent.add(at.topic() + ":" + at.partition() + ":" + at.offset());
      }
      if (inTransaction) {
        producer.commitTransaction();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("cannot send", e);
    }
  }

  private List<ProducerRecord<byte[], byte[]>> next(int count) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = 0; i < count; i++, number++) {
      byte[] value =
          number % BAD_EVERY == 0
              ? ("bad " + number).getBytes(UTF_8)
              : Events.event("m", number % ENTITIES, number, 0);
      String topic = topics.get(number % topics.size());
      messages.add(Events.message(topic, "entity-" + number % ENTITIES, value));
    }
    return messages;
  }

  int count() {
    return sent.size();
  }

  /** Waits until as many messages are out as were sent. */
  void awaitOut() {
    Awaitility.await(count() + " inputs out")
        .atMost(Kafka.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> out() >= count());
  }

  /** Messages that are out, each input counted as often as it came. */
  int out() {
    return kafka.committed(output).size() + kafka.committed(deadLetters).size();
  }

  /** Every input is out once, and those of a partition are in order. */
  void requireEachOnceInOrder() {
    List<String> found = new ArrayList<>();
    List<String> disorder = new ArrayList<>();
    Map<String, Long> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(output)) {
      String origin = header(record, "ee.origin");
      String source = origin.substring(origin.lastIndexOf(' ') + 1);
      found.add(source);
      int colon = source.lastIndexOf(':');
      long offset = Long.parseLong(source.substring(colon + 1));
      Long before = last.put(source.substring(0, colon) + ">" + record.partition(), offset);
      if (before != null && before >= offset) {
        disorder.add(
            "%s, at %d-%d, after offset %d"
                .formatted(source, record.partition(), record.offset(), before));
      }
    }
    for (ConsumerRecord<byte[], byte[]> letter : kafka.committed(deadLetters)) {
      found.add(
          header(letter, "ee.topic")
              + ":"
              + header(letter, "ee.partition")
              + ":"
              + header(letter, "ee.offset"));
    }
    assertThat(found).doesNotHaveDuplicates();
    assertThat(new HashSet<>(found)).isEqualTo(sent);
    assertThat(disorder).isEmpty();
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return new String(header.value(), UTF_8);
  }
}
