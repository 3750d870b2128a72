package io.embeddingexport.cli.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients of the demo itself. */
record DemoClients(String bootstrapServers) {

  /** A producer with batches like those of the job's sink. */
  KafkaProducer<byte[], byte[]> producer(String clientId) {
    Map<String, Object> properties = properties(clientId);
    properties.putAll(Map.of("batch.size", 128 << 10, "linger.ms", 10, "acks", "all"));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A consumer of all partitions of some topics, at their beginning.
   *
   * @param isolation {@code read_committed} or {@code read_uncommitted}
   */
  KafkaConsumer<byte[], byte[]> consumer(String clientId, String isolation, List<String> topics) {
    Map<String, Object> properties = properties(clientId);
    properties.putAll(Map.of("isolation.level", isolation, "enable.auto.commit", false));
    properties.putAll(Map.of("max.poll.records", 5000, "max.partition.fetch.bytes", 4 << 20));
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private Map<String, Object> properties(String clientId) {
    return new HashMap<>(Map.of("bootstrap.servers", bootstrapServers, "client.id", clientId));
  }
}
