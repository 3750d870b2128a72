package io.embeddingexport.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * Waits on its own thread for the first record under a key config on a topic, and reports when it
 * arrived. It does not wait for the transaction, whose length depends on the checkpoint interval.
 * Thread-safe.
 */
final class FirstRecord implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final String model;
  private final long version;
  private final Thread thread = new Thread(this::run, "demo-first-record");
  private volatile @Nullable Long nanos;

  /**
   * @param consumer assigned to the topic's partitions, at their end; closed with this
   */
  FirstRecord(Consumer<byte[], byte[]> consumer, String model, long version) {
    this.consumer = consumer;
    this.model = model;
    this.version = version;
  }

  /** Starts waiting; messages already on the topic do not count. */
  static FirstRecord on(String bootstrapServers, String topic, String model, long version) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "demo-first-record",
                "isolation.level",
                "read_uncommitted",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    FirstRecord first = new FirstRecord(consumer, model, version);
    first.start();
    return first;
  }

  void start() {
    thread.start();
  }

  /** Time of arrival, as {@link System#nanoTime}; null: not yet. */
  @Nullable Long nanos() {
    return nanos;
  }

  private void run() {
    try {
      while (nanos == null) {
        ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> message : batch) {
          if (MessageCheck.isUnder(message, model, version)) {
            nanos = now;
          }
        }
      }
    } catch (WakeupException closed) {
      // The demo ends early.
    } catch (RuntimeException e) {
      LogManager.getLogger(FirstRecord.class).warn("The time of the first record is unknown", e);
    } finally {
      consumer.close();
    }
  }

  @Override
  public void close() throws InterruptedException {
    consumer.wakeup();
    thread.join();
  }
}
