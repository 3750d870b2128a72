package io.embeddingexport.chaos.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka clients of the run itself. They leave a broker that does not answer after some seconds: a
 * recovery is to be the job's, not theirs.
 *
 * @param properties of a user who may do everything
 */
record Clients(Map<String, Object> properties) {
  Clients {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("request.timeout.ms", 6_000);
    all.put("socket.connection.setup.timeout.ms", 2_000);
    all.put("reconnect.backoff.max.ms", 500);
    all.put("metadata.max.age.ms", 30_000);
    properties = Map.copyOf(all);
  }

  Admin admin() {
    return Admin.create(with(Map.of("default.api.timeout.ms", 30_000)));
  }

  /** One that does not give up within an hour, and keeps the order. */
  Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        with(
            Map.of(
                "acks",
                "all",
                "enable.idempotence",
                true,
                "delivery.timeout.ms",
                3_600_000,
                "max.block.ms",
                3_600_000L,
                "linger.ms",
                50,
                "batch.size",
                65_536)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Reads what is committed of some partitions, from their beginning. */
  Consumer<byte[], byte[]> committedReader(List<TopicPartition> partitions) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            with(
                Map.of(
                    "isolation.level",
                    "read_committed",
                    "enable.auto.commit",
                    false,
                    // A reader that skips or repeats by itself would hide what it is to find.
                    "auto.offset.reset",
                    "none",
                    "max.poll.records",
                    5_000,
                    "default.api.timeout.ms",
                    30_000)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
    partitions.forEach(partition -> consumer.seek(partition, 0));
    return consumer;
  }

  private Map<String, Object> with(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(properties);
    all.putAll(more);
    return all;
  }
}
