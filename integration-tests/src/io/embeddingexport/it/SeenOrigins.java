package io.embeddingexport.it;

import io.embeddingexport.consumer.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a record topic as it grows, committed records only, and keeps which inputs it has seen. */
final class SeenOrigins implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final BiConsumer<ConsumerRecord<byte[], byte[]>, Origin> check;
  private final Map<Integer, BitSet> offsets = new HashMap<>();
  private long records;
  private long repeats;

  /**
   * @param check is given each record
   */
  SeenOrigins(Kafka kafka, String topic, BiConsumer<ConsumerRecord<byte[], byte[]>, Origin> check) {
    this.consumer = kafka.consumer();
    this.check = check;
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(topic)
        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads what has been committed since. */
  SeenOrigins poll() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(Duration.ofMillis(200)).forEach(this::add);
    }
    return this;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    Origin origin = Origin.of(record.headers());
    records++;
    check.accept(record, origin);
    BitSet seen = offsets.computeIfAbsent(origin.partition(), partition -> new BitSet());
    repeats += seen.get((int) origin.offset()) ? 1 : 0;
    seen.set((int) origin.offset());
  }

  long records() {
    return records;
  }

  long repeats() {
    return repeats;
  }

  /** The offsets of a partition's inputs that were seen. */
  BitSet of(int partition) {
    return offsets.getOrDefault(partition, new BitSet());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
