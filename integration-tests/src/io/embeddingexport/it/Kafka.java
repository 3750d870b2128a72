package io.embeddingexport.it;

import io.embeddingexport.cli.clients.NewTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker as the tests see it: topics, what they send, and what a careful reader sees. */
public final class Kafka implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final Map<String, Object> client;
  private final @Nullable BrokerProcess broker;

  private Kafka(Map<String, Object> client, @Nullable BrokerProcess broker) {
    this.client = Map.copyOf(client);
    this.broker = broker;
  }

  /** The brokers of a process, which ends when this is closed. */
  Kafka(BrokerProcess broker) {
    this(Map.of("bootstrap.servers", broker.bootstrapServers()), broker);
  }

  /**
   * Brokers that somebody else started.
   *
   * @param client properties of every client; {@code bootstrap.servers} is one of them
   */
  static Kafka at(Map<String, Object> client) {
    return new Kafka(client, null);
  }

  BrokerProcess broker() {
    return Objects.requireNonNull(broker, "somebody else started the brokers");
  }

  String bootstrapServers() {
    return (String) client.get("bootstrap.servers");
  }

  Admin admin() {
    return Admin.create(client);
  }

  /** A new topic, whose name starts with {@code prefix}. */
  String createTopic(String prefix, int partitions) {
    return createTopic(prefix, partitions, Map.of());
  }

  /** As {@link #createTopic(String, int)}, with topic configs. */
  String createTopic(String prefix, int partitions, Map<String, String> configs) {
    String name = newName(prefix);
    create(name, partitions, configs);
    return name;
  }

  /** A name that no other topic has. */
  String newName(String prefix) {
    return prefix + "-" + TOPICS.incrementAndGet();
  }

  /** Creates a topic that nothing expires from. */
  void create(String name, int partitions, Map<String, String> configs) {
    Map<String, String> all = new HashMap<>(configs);
    all.put("retention.ms", "-1");
    try (Admin admin = admin()) {
      NewTopics.create(admin, List.of(new NewTopic(name, partitions, (short) 1).configs(all)));
    } catch (KafkaException | InterruptedException e) {
      throw new AssertionError("cannot create topic " + name, e);
    }
  }

  /** Deletes a topic, and returns once the broker no longer knows it. */
  void delete(String topic) {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      Awaitility.await("the end of topic " + topic)
          .atMost(PATIENCE)
          .until(() -> !admin.listTopics().names().get().contains(topic));
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("cannot delete topic " + topic, e);
    }
  }

  /** Sends and returns when the broker has it all. */
  void send(Iterable<ProducerRecord<byte[], byte[]>> messages) {
    try (var producer = producer()) {
      List<java.util.concurrent.Future<?>> answers = new ArrayList<>();
      messages.forEach(message -> answers.add(producer.send(message)));
      for (java.util.concurrent.Future<?> answer : answers) {
        answer.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("cannot send", e);
    }
  }

  /** All that is committed on a topic now, those of a partition in order. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    read(topic, messages::add);
    return messages;
  }

  /** Passes on all that is committed on a topic now, those of a partition in order. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> messages) {
    try (var consumer = consumer("read_committed")) {
      Set<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Set<TopicPartition> open = new HashSet<>(partitions);
      while (true) {
        open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
        if (open.isEmpty()) {
          return;
        }
        consumer.poll(Duration.ofMillis(200)).forEach(messages);
      }
    }
  }

  /** What is committed on a topic, once there are at least {@code count} messages. */
  List<ConsumerRecord<byte[], byte[]>> awaitCommitted(String topic, int count) {
    return await(topic, count, "read_committed");
  }

  /** Waits until {@code count} messages are on a topic, be they committed or not. */
  void awaitWritten(String topic, int count) {
    await(topic, count, "read_uncommitted");
  }

  private List<ConsumerRecord<byte[], byte[]>> await(String topic, int count, String isolation) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (var consumer = consumer(isolation)) {
      Set<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Awaitility.await(count + " messages on " + topic + ", " + isolation)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .pollInSameThread()
          .until(
              () -> {
                var batch = consumer.poll(Duration.ofMillis(200));
                StreamSupport.stream(batch.spliterator(), false).forEach(messages::add);
                return messages.size() >= count;
              });
    }
    return messages;
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.close();
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer of committed messages, without a group. */
  KafkaConsumer<byte[], byte[]> consumer() {
    return consumer("read_committed");
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("isolation.level", isolation);
    properties.put("enable.auto.commit", false);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
