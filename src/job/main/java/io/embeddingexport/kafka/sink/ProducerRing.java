package io.embeddingexport.kafka.sink;

import io.embeddingexport.kafka.positions.PositionSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producers of a slot, each with its own transactional id. They are used in turn: one writes
 * while earlier ones wait for their checkpoints. If all wait, one is added: waiting for a commit
 * would block the thread that commits.
 *
 * <p>So brokers remember only a few ids per slot, however long the job runs.
 */
final class ProducerRing implements AutoCloseable {
  /** Makes the producer with the slot's transactional id number n. */
  private final IntFunction<Producer<byte[], byte[]>> producers;

  private final List<Producer<byte[], byte[]>> all = new ArrayList<>();
  private final Deque<Producer<byte[], byte[]>> free = new ArrayDeque<>();

  ProducerRing(PositionSettings settings, int subtask) {
    this(
        n ->
            new KafkaProducer<>(
                settings.producerProperties(
                    subtask + "-" + n, settings.transactionalId(subtask, n)),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
  }

  ProducerRing(IntFunction<Producer<byte[], byte[]>> producers) {
    this.producers = producers;
  }

  /**
   * Takes the producer that has been free longest. A new one fences any earlier producer with its
   * id.
   */
  Producer<byte[], byte[]> take() {
    Producer<byte[], byte[]> next = free.poll();
    return next != null ? next : add();
  }

  private Producer<byte[], byte[]> add() {
    Producer<byte[], byte[]> producer = producers.apply(all.size());
    all.add(producer);
    producer.initTransactions();
    return producer;
  }

  /** Returns a producer whose transaction has ended. */
  void release(Producer<byte[], byte[]> producer) {
    free.add(producer);
  }

  /** Number of ids. */
  int size() {
    return all.size();
  }

  /** Closes all at once; the next start aborts their open transactions. */
  @Override
  public void close() {
    all.forEach(producer -> producer.close(Duration.ZERO));
  }
}
