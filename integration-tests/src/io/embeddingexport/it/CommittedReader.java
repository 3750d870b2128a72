package io.embeddingexport.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed on some topics, each message once, while more comes. */
final class CommittedReader implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<ConsumerRecord<byte[], byte[]>> taker;

  /**
   * @param taker gets each message, those of a partition in their order, in the thread that calls
   */
  CommittedReader(
      Kafka kafka, List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    this.consumer = kafka.consumer();
    this.taker = taker;
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads until something holds. */
  void readUntil(String what, BooleanSupplier holds) {
    await(what)
        .atMost(Kafka.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .pollInSameThread()
        .until(
            () -> {
              if (!holds.getAsBoolean()) {
                consumer.poll(Duration.ofMillis(100)).forEach(taker);
              }
              return holds.getAsBoolean();
            });
  }

  /** Reads to the end there is now. */
  void readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    readUntil(
        "the end of what is committed",
        () ->
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
