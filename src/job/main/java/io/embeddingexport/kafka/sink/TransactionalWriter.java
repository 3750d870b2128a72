package io.embeddingexport.kafka.sink;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Exactly once: messages and positions of a checkpoint are one transaction.
 *
 * <pre>
 * prepare:  flush, send the positions       the transaction can be committed from here on
 * commit:   in the order of checkpoints     a later one must not pass inputs that were not written
 * </pre>
 *
 * <p>A failed checkpoint leaves its transaction to the next commit, and so does a savepoint that
 * does not stop the job. The first failed commit ends everything: nothing after it is committed.
 */
final class TransactionalWriter implements CommittingWriter {
  private final DuePositions positions;
  private final ProducerRing ring;
  private final ConsumerGroupMetadata group;
  private final SendFailure failure = new SendFailure();
  private final Queue<Prepared> prepared = new ArrayDeque<>();

  /** The transaction being written; null: none has begun. */
  private @Nullable Producer<byte[], byte[]> writing;

  private record Prepared(long checkpoint, Producer<byte[], byte[]> producer) {}

  TransactionalWriter(
      ProducerRing ring, Positions positions, ConsumerGroupMetadata group, LongSupplier nanoClock) {
    this.positions = new DuePositions(positions, nanoClock);
    this.ring = ring;
    this.group = group;
  }

  @Override
  public void open() {
    writing();
  }

  @Override
  public void write(ProducerRecord<byte[], byte[]> message) {
    failure.rethrow();
    writing().send(message, failure);
  }

  private Producer<byte[], byte[]> writing() {
    Producer<byte[], byte[]> open = writing;
    if (open == null) {
      open = ring.take();
      open.beginTransaction();
      writing = open;
    }
    return open;
  }

  @Override
  public void prepare(long checkpoint) {
    if (!positions.areDue()) {
      return;
    }
    Producer<byte[], byte[]> producer = writing();
    producer.flush();
    failure.rethrow();
    producer.sendOffsetsToTransaction(positions.take(ring.size()), group);
    prepared.add(new Prepared(checkpoint, producer));
    writing = null;
  }

  @Override
  public void commit(long checkpoint) {
    while (!prepared.isEmpty() && prepared.peek().checkpoint() <= checkpoint) {
      Prepared next = prepared.peek();
      commit(next);
      // Removed only now: after a failure it must block those behind it.
      prepared.remove();
      ring.release(next.producer());
    }
  }

  private static void commit(Prepared next) {
    try {
      next.producer().commitTransaction();
    } catch (KafkaException e) {
      throw new FlinkRuntimeException(
          "the transaction of checkpoint "
              + next.checkpoint()
              + " was not committed: "
              + e.getMessage()
              + "; the job goes back to its last position, and reads its inputs again",
          e);
    }
  }

  @Override
  public void close() {
    ring.close();
  }
}
