package io.embeddingexport.consumer;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Tells first messages from repeats in the output of an at-least-once job: after a failure, such a
 * job writes everything since its last checkpoint again. This filter reads the input's position
 * from the {@value Origin#HEADER} header, which every record and tombstone has.
 *
 * <pre>{@code
 * DuplicateFilter filter = new DuplicateFilter(1 << 17);
 * for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
 *   if (filter.isFirst(record)) { … }
 * }
 * }</pre>
 *
 * <p>It remembers the last {@code window} offsets of each input partition, separately for each
 * output partition, one bit per offset. The greatest offset alone is not enough: when a producer
 * drops one batch and writes the next, records are missing before it until the job writes them
 * again. A message before the window may be new, so it counts as new.
 *
 * <p>Its memory is lost with the process. A restarted consumer must reread what a job could repeat,
 * and only pass it to {@link #isFirst}: seek back by as many messages as the window has.
 *
 * <p>Memory: {@code window / 8} bytes for each pair of an output and an input partition. Not
 * thread-safe; use one per consumer.
 */
public final class DuplicateFilter {
  private final int window;
  private final Map<OutputPartition, InputPartitions> sources = new HashMap<>();

  // Messages arrive in runs of one partition.
  private @Nullable OutputPartition lastPartition;
  private @Nullable InputPartitions lastSources;

  private record OutputPartition(String topic, int partition) {}

  /**
   * @param window distance at which a repeat is recognized, in offsets of an input partition: more
   *     than the job reads of it between two checkpoints. Rounded up to a multiple of 64
   * @throws IllegalArgumentException if {@code window} is less than 1
   */
  public DuplicateFilter(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("window = " + window + ": must be 1 or more");
    }
    this.window = window;
  }

  /**
   * Whether no output of the same input came before, as far as is remembered. True for a message
   * without an origin.
   */
  public boolean isFirst(ConsumerRecord<?, ?> message) {
    Header header = message.headers().lastHeader(Origin.HEADER);
    OriginText origin =
        header == null || header.value() == null ? null : OriginText.of(header.value());
    return origin == null || of(message).window(origin).isFirst(origin.offset());
  }

  /** Forgets what it knows of an output partition, which another consumer reads from now on. */
  void forget(String topic, int partition) {
    sources.remove(new OutputPartition(topic, partition));
    lastPartition = null;
    lastSources = null;
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
