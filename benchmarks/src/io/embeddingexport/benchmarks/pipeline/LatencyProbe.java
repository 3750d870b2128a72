package io.embeddingexport.benchmarks.pipeline;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events at a steady rate, each with the time in its key, and takes the time when the record,
 * which keeps the key, comes to a {@code read_committed} consumer. One clock, in one process.
 *
 * <p>The time in the key is when the event was due, not when it could be sent: a sender that is
 * held up counts against the latency.
 */
final class LatencyProbe implements AutoCloseable {
  private static final int BURSTS_PER_SECOND = 1000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String input;
  private final byte[][] events;
  private final int perSecond;
  private final Thread sender = new Thread(this::send, "sender");
  private volatile boolean closed;
  private volatile boolean failed;

  LatencyProbe(String bootstrapServers, String input, String output, byte[][] events, int rate) {
    this.input = input;
    this.events = events;
    this.perSecond = rate;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "max.poll.records", "5000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < LatencyBenchmark.PARTITIONS; i++) {
      partitions.add(new TopicPartition(output, i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    sender.setDaemon(true);
  }

  void start() {
    sender.start();
  }

  private void send() {
    try {
      int perBurst = perSecond / BURSTS_PER_SECOND;
      long between = 1_000_000_000L / BURSTS_PER_SECOND;
      long sent = 0;
      for (long due = System.nanoTime(); !closed; due += between) {
        LockSupport.parkNanos(due - System.nanoTime());
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(due).array();
        for (int i = 0; i < perBurst; i++) {
          producer.send(
              new ProducerRecord<>(
                  input,
                  (int) (sent % LatencyBenchmark.PARTITIONS),
                  key,
                  events[(int) (sent++ % events.length)]));
        }
      }
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /**
   * Reads for a while.
   *
   * @return latencies of the records that came, µs
   */
  int[] read(Duration time) {
    int[] latencies = new int[(int) (2L * perSecond * Math.max(1, time.toSeconds() + 20))];
    int count = 0;
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      var batch = consumer.poll(Duration.ofMillis(100));
      long now = System.nanoTime();
      for (ConsumerRecord<byte[], byte[]> record : batch) {
        if (count < latencies.length) {
          latencies[count++] = (int) ((now - ByteBuffer.wrap(record.key()).getLong()) / 1000);
        }
      }
      if (failed) {
        throw new IllegalStateException("events cannot be sent");
      }
    }
    return java.util.Arrays.copyOf(latencies, count);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    sender.join();
    producer.close(Duration.ZERO);
    consumer.close();
  }
}
