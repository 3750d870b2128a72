package io.embeddingexport.kafka.sink;

import io.embeddingexport.kafka.positions.PositionCommit;
import io.embeddingexport.kafka.positions.PositionSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * At least once: messages are visible at once, and their positions are committed after the
 * checkpoint. What was written since the last commit is written again after a failure.
 */
final class PlainWriter implements CommittingWriter {
  private static final Duration REFRESH = Duration.ofDays(1);

  private final Positions positions;
  private final KafkaProducer<byte[], byte[]> producer;
  private final PositionCommit commit;
  private final LongSupplier nanoClock;
  private final SendFailure failure = new SendFailure();

  /** By checkpoint, what was written before it. */
  private final TreeMap<Long, Map<TopicPartition, OffsetAndMetadata>> prepared = new TreeMap<>();

  private long lastPrepared;

  PlainWriter(PositionSettings settings, int subtask, Positions positions, LongSupplier nanoClock) {
    this.positions = positions;
    this.nanoClock = nanoClock;
    this.lastPrepared = nanoClock.getAsLong();
    producer =
        new KafkaProducer<>(
            settings.producerProperties(Integer.toString(subtask)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    commit = new PositionCommit(settings, "commit-" + subtask);
  }

  @Override
  public void open() {
    // Without transactions nobody can be fenced.
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
    long now = nanoClock.getAsLong();
    if (!positions.areEmpty()
        && (positions.haveMoved() || now - lastPrepared >= REFRESH.toNanos())) {
      prepared.put(checkpoint, positions.take(0));
      lastPrepared = now;
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
    producer.close(Duration.ZERO);
    commit.close();
  }
}
