package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes key configs as {@code keys publish} does: the model is the key. Thread-safe. */
final class KeyConfigPublisher implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String topic;

  KeyConfigPublisher(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  static KeyConfigPublisher to(String bootstrapServers, String topic) {
    return new KeyConfigPublisher(
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "demo-key-configs",
                "acks",
                "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer()),
        topic);
  }

  /** Publishes a config, and returns when the broker has it. */
  void publish(KeyConfig config) throws ExecutionException, InterruptedException {
    producer
        .send(
            new ProducerRecord<>(
                topic, config.model().getBytes(UTF_8), KeyConfigJson.write(config).getBytes(UTF_8)))
        .get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
