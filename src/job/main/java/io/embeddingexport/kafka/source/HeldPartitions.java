package io.embeddingexport.kafka.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of partitions of a bounded run that are held back by their sender's open transaction: the
 * run waits for its end, and would not say so. For the reading thread.
 */
final class HeldPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(HeldPartitions.class);

  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration PERIOD = Duration.ofMinutes(5);

  private final Function<TopicPartition, String> blocking;
  private final LongSupplier nanoClock;

  /** Time of each partition's next warning, in ns of the clock. */
  private final Map<TopicPartition, Long> due = new HashMap<>();

  /**
   * @param blocking describes the transaction that holds a partition back; asks the brokers
   */
  HeldPartitions(Function<TopicPartition, String> blocking, LongSupplier nanoClock) {
    this.blocking = blocking;
    this.nanoClock = nanoClock;
  }

  /**
   * Records that nothing can be read from a partition now.
   *
   * @param next offset to read next, which is the last stable offset
   * @param stop first offset not to read
   */
  void held(TopicPartition partition, long next, long stop) {
    long now = nanoClock.getAsLong();
    if (now - due.computeIfAbsent(partition, first -> now + PATIENCE.toNanos()) >= 0) {
      due.put(partition, now + PERIOD.toNanos());
      LOG.warn(
          "{} must be read up to offset {}, but {} holds it at {}. The run waits for it to end."
              + " Abort it if its sender is gone: kafka-transactions.sh abort --topic {}"
              + " --partition {} --start-offset {}.",
          partition,
          stop,
          blocking.apply(partition),
          next,
          partition.topic(),
          partition.partition(),
          next);
    }
  }

  /** Records that a partition can be read. */
  void free(TopicPartition partition) {
    due.remove(partition);
  }
}
