package io.embeddingexport.benchmarks.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.NewTopics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The benchmark's topics, all of as many partitions. */
final class Topics implements AutoCloseable {
  private final String bootstrapServers;
  private final int partitions;
  private final Admin admin;

  Topics(String bootstrapServers, int partitions) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  void create(String name, Map<String, String> config) throws Exception {
    NewTopics.create(admin, List.of(new NewTopic(name, partitions, (short) 1).configs(config)));
  }

  void delete(Set<String> names) throws Exception {
    admin.deleteTopics(names).all().get();
  }

  /** How many messages stand on a topic, committed or not. */
  long messages(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new java.util.HashMap<>();
    for (int i = 0; i < partitions; i++) {
      ends.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    return admin.listOffsets(ends).all().get().values().stream()
        .mapToLong(result -> result.offset())
        .sum();
  }

  /** Puts the workload's events on a new topic. */
  void fill(PipelineWorkload workload, BenchmarkInput input) throws Exception {
    String topic = input.topic(workload);
    create(topic, Map.of());
    byte[][] events = workload.serialized(input);
    try (var producer = producer()) {
      for (int i = 0; i < workload.events(); i++) {
        producer.send(
            new ProducerRecord<>(topic, i % partitions, Keys.of(i), events[i % events.length]));
      }
    }
    if (messages(topic) != workload.events()) {
      throw new IllegalStateException("not all events came to " + topic);
    }
  }

  void put(String topic, Map<String, String> messages) {
    try (var producer = producer()) {
      messages.forEach(
          (key, value) ->
              producer.send(
                  new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8))));
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "batch.size", 256 << 10, "linger.ms", 5),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @Override
  public void close() {
    admin.close();
  }
}
