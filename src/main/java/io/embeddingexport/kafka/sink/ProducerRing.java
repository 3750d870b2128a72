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
 * The producers of a slot, each with a transactional id of its own. They are used in turn: one
 * writes while those before wait for their checkpoints. Where all wait, there is one more: to wait
 * for a commit would block the thread that commits.
 *
 * <p>So brokers remember a few ids a slot, however long the job runs.
 */
final class ProducerRing implements AutoCloseable {
  /** Makes the producer with the transactional id number n of the slot. */
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

  /** The one that has been free for longest. A new one fences whoever had its id. */
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

  /** Gives one back whose transaction has ended. */
  void release(Producer<byte[], byte[]> producer) {
    free.add(producer);
  }

  /** How many ids there are. */
  int size() {
    return all.size();
  }

  /** Ends all at once: what they hold is aborted by the next start. */
  @Override
  public void close() {
    all.forEach(producer -> producer.close(Duration.ZERO));
  }
}
