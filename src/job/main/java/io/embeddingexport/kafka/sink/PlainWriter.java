package io.embeddingexport.kafka.sink;

import io.embeddingexport.kafka.positions.PositionCommit;
import io.embeddingexport.kafka.positions.PositionSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * At least once: messages are visible at once, and their positions are committed after the
 * checkpoint. A failure repeats everything written since the last commit.
 */
final class PlainWriter implements CommittingWriter {
  private final DuePositions positions;
  private final Producer<byte[], byte[]> producer;
  private final Commit commit;
  private final SendFailure failure = new SendFailure();

  /** Positions of everything written before each checkpoint. */
  private final TreeMap<Long, Map<TopicPartition, OffsetAndMetadata>> prepared = new TreeMap<>();

  /** Commits positions. */
  interface Commit {
    void commit(Map<TopicPartition, OffsetAndMetadata> positions) throws InterruptedException;

    default void close() {}
  }

  static PlainWriter of(
      PositionSettings settings, int subtask, Positions positions, LongSupplier nanoClock) {
    PositionCommit commit = new PositionCommit(settings, "commit-" + subtask);
    Producer<byte[], byte[]> producer;
    try {
      producer =
          new KafkaProducer<>(
              settings.producerProperties(Integer.toString(subtask)),
              new ByteArraySerializer(),
              new ByteArraySerializer());
    } catch (RuntimeException e) {
      commit.close();
      throw e;
    }
    return new PlainWriter(
        producer,
        new Commit() {
          @Override
          public void commit(Map<TopicPartition, OffsetAndMetadata> newest)
              throws InterruptedException {
            commit.commit(newest);
          }

          @Override
          public void close() {
            commit.close();
          }
        },
        positions,
        nanoClock);
  }

  PlainWriter(
      Producer<byte[], byte[]> producer,
      Commit commit,
      Positions positions,
      LongSupplier nanoClock) {
    this.producer = producer;
    this.commit = commit;
    this.positions = new DuePositions(positions, nanoClock);
  }

  @Override
  public void open() {
    // Fencing needs transactions.
  }

  @Override
  public void write(ProducerRecord<byte[], byte[]> message) {
    failure.rethrow();
    producer.send(message, failure);
  }

  @Override
  public void prepare(long checkpoint) {
    producer.flush();
    failure.rethrow();
    if (positions.areDue()) {
      prepared.put(checkpoint, positions.take(0));
    }
  }

  @Override
  public void commit(long checkpoint) throws InterruptedException {
    Map.Entry<Long, Map<TopicPartition, OffsetAndMetadata>> newest =
        prepared.floorEntry(checkpoint);
    if (newest != null) {
      commit.commit(newest.getValue());
      prepared.headMap(checkpoint, true).clear();
    }
  }

  @Override
  public void close() {
    try {
      producer.close(Duration.ZERO);
    } finally {
      commit.close();
    }
  }
}
