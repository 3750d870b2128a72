package io.embeddingexport.consumer;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Tells what comes for the first time from what comes again, in the output of a job that delivers
 * at least once: after a failure such a job writes again what it wrote since its last checkpoint.
 * Every record and tombstone has its input's position in its header {@value Origin#HEADER}, which
 * this filter reads.
 *
 * <pre>{@code
 * DuplicateFilter filter = new DuplicateFilter(1 << 17);
 * for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
 *   if (filter.isFirst(record)) { … }
 * }
 * }</pre>
 *
 * <p>It remembers the last {@code window} offsets of each input partition, apart for each partition
 * of the output, one bit an offset. It does not just take the greatest offset for the mark: when a
 * producer gives one batch up and writes the next, records are missing before the mark until the
 * job writes them again. What lies before the window may be new, so it is taken for that.
 *
 * <p>What it remembers is lost with the process. A consumer that starts again reads once more what
 * a job could repeat, and only shows it to {@link #isFirst}: seek back by as many messages as the
 * window has.
 *
 * <p>Memory: {@code window / 8} bytes for each pair of an output and an input partition. Not
 * thread-safe; use one a consumer.
 */
public final class DuplicateFilter {
  private final int window;
  private final Map<OutputPartition, InputPartitions> sources = new HashMap<>();

  // Messages come in runs of one partition.
  private @Nullable OutputPartition lastPartition;
  private @Nullable InputPartitions lastSources;

  private record OutputPartition(String topic, int partition) {}

  /**
   * @param window how far back a repeat is known, in offsets of an input partition: more than the
   *     job reads of it between two checkpoints. Rounded up to a multiple of 64
   * @throws IllegalArgumentException if {@code window} is less than 1
   */
  public DuplicateFilter(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("window = " + window + ": give 1 or more");
    }
    this.window = window;
  }

  /**
   * Whether nothing made of the same input came before, as far as is remembered. True for a message
   * that does not say what it was made of.
   */
  public boolean isFirst(ConsumerRecord<?, ?> message) {
    Header header = message.headers().lastHeader(Origin.HEADER);
    OriginText origin =
        header == null || header.value() == null ? null : OriginText.of(header.value());
    return origin == null || of(message).window(origin).isFirst(origin.offset());
  }

  private InputPartitions of(ConsumerRecord<?, ?> message) {
    OutputPartition last = lastPartition;
    InputPartitions known = lastSources;
    if (known == null
        || last == null
        || last.partition() != message.partition()
        || !last.topic().equals(message.topic())) {
      last = new OutputPartition(message.topic(), message.partition());
      known = sources.computeIfAbsent(last, partition -> new InputPartitions(window));
      lastPartition = last;
      lastSources = known;
    }
    return known;
  }
}
