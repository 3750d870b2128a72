package io.embeddingexport.kafka.commit;

import io.embeddingexport.kafka.commit.TransactionFate.Aborted;
import io.embeddingexport.kafka.commit.TransactionFate.Committed;
import io.embeddingexport.kafka.commit.TransactionFate.Unanswered;
import io.embeddingexport.kafka.commit.TransactionFate.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the place where a message of the transaction was written, as a {@code read_committed}
 * consumer: if it is there, the transaction was committed; if a consumer passes the place by, it
 * was aborted. That needs READ on the topic.
 *
 * <p>What stands there must be made of an input of the transaction. A topic created anew has other
 * messages at the same offsets; and one that is compacted, or has deleted what is old, may be
 * passed by although the transaction was committed. None of these tells.
 */
final class WitnessFates implements TransactionFates {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Supplier<Consumer<byte[], byte[]>> readCommitted;
  private final CompactedTopics compacted;
  private final Duration timeout;

  /** Knows which topics are compacted. */
  interface CompactedTopics {
    /** True also if it cannot be told. */
    boolean mayBeCompacted(String topic) throws InterruptedException;
  }

  /**
   * @param readCommitted makes a consumer that has no group
   * @param timeout how long an open transaction before the place may hold the consumer back
   */
  WitnessFates(
      Supplier<Consumer<byte[], byte[]>> readCommitted,
      CompactedTopics compacted,
      Duration timeout) {
    this.readCommitted = readCommitted;
    this.compacted = compacted;
    this.timeout = timeout;
  }

  @Override
  public TransactionFate of(PreparedTransaction transaction) throws InterruptedException {
    TransactionContent content = transaction.content();
    Witness witness = content == null ? null : content.witness();
    if (content == null || witness == null) {
      return new Unknown("nothing says where its messages were written");
    }
    try (Consumer<byte[], byte[]> consumer = readCommitted.get()) {
      return look(consumer, witness, content);
    } catch (InterruptException e) {
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (RetriableException e) {
      return new Unanswered("reading " + witness + ": " + e.getMessage());
    } catch (KafkaException e) {
      return new Unknown("reading " + witness + ": " + e.getMessage());
    }
  }

  private TransactionFate look(
      Consumer<byte[], byte[]> consumer, Witness witness, TransactionContent content)
      throws InterruptedException {
    TopicPartition partition = new TopicPartition(witness.topic(), witness.partition());
    consumer.assign(List.of(partition));
    long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
    if (begin > witness.offset()) {
      return new Unknown(witness + " is no longer kept; the topic begins at " + begin);
    }
    consumer.seek(partition, witness.offset());
    long deadline = System.nanoTime() + timeout.toNanos();
    while (consumer.position(partition) == witness.offset()) {
      ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
      ConsumerRecord<byte[], byte[]> found = at(witness, batch.records(partition));
      if (found != null) {
        return SourcePosition.isOfOne(found.headers(), content.sources())
            ? Committed.INSTANCE
            : new Unknown("at " + witness + " stands another message; was the topic created anew?");
      }
      if (System.nanoTime() > deadline) {
        return heldBack(consumer, partition, witness);
      }
    }
    return compacted.mayBeCompacted(witness.topic())
        ? new Unknown("nothing stands at " + witness + ", which compaction can do as well")
        : new Aborted("nothing is visible at " + witness);
  }

  private TransactionFate heldBack(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, Witness witness) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
    return new Unanswered(
        "consumers of "
            + partition
            + " come no further than offset "
            + ends.get(partition)
            + ", and the message was written at "
            + witness.offset()
            + ": a transaction is still open");
  }

  private static @Nullable ConsumerRecord<byte[], byte[]> at(
      Witness witness, List<ConsumerRecord<byte[], byte[]>> records) {
    return !records.isEmpty() && records.get(0).offset() == witness.offset()
        ? records.get(0)
        : null;
  }
}
