package io.embeddingexport.kafka.sink;

import io.embeddingexport.flink.types.Envelope;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one slot's commits; {@code docs/metrics.md} describes each. The task's thread
 * updates them; any thread may read them.
 */
final class CommitMetrics {
  private static final long NONE = 0;

  private final MetricGroup group;
  private final LongSupplier clock;
  private final Freshness freshness;
  private final Queue<Checkpoint> prepared = new ArrayDeque<>();
  private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();

  private @Nullable TimestampSample writing;

  /**
   * When the oldest uncommitted input arrived, ms since the epoch; {@link #NONE}: there is none.
   */
  private volatile long oldestMillis = NONE;

  /** When the first input after the last prepared checkpoint arrived. */
  private long writingSinceMillis = NONE;

  private record Checkpoint(
      long id, long sinceMillis, TimestampSample inputs, Map<TopicPartition, Long> positions) {}

  /**
   * @param group {@code embeddingExport} of the operator
   * @param clock ms since the epoch
   */
  CommitMetrics(MetricGroup group, LongSupplier clock) {
    this.group = group;
    this.clock = clock;
    freshness = new Freshness(group);
    group.gauge("uncommittedAgeMillis", (Gauge<Long>) this::uncommittedAgeMillis);
  }

  private long uncommittedAgeMillis() {
    long oldest = oldestMillis;
    return oldest == NONE ? 0 : Math.max(0, clock.getAsLong() - oldest);
  }

  /**
   * Adds a partition of the slot.
   *
   * @param position everything before it is exported
   */
  void start(TopicPartition partition, long position) {
    if (committed.put(partition, position) == null) {
      group
          .addGroup("topic", partition.topic())
          .addGroup("partition", Integer.toString(partition.partition()))
          .gauge("position", (Gauge<Long>) () -> committed.get(partition));
    }
  }

  /** Adds an input that was written, or needs no output. */
  void add(Envelope input) {
    TimestampSample sample = writing;
    if (sample == null) {
      sample = new TimestampSample(System.nanoTime());
      writing = sample;
      writingSinceMillis = clock.getAsLong();
      if (oldestMillis == NONE) {
        oldestMillis = writingSinceMillis;
      }
    }
    if (input.timestampMillis() != Envelope.NO_TIMESTAMP) {
      sample.add(input.timestampMillis());
    }
  }

  /**
   * Ends the inputs of a checkpoint.
   *
   * @param positions of all partitions of the slot
   */
  void prepare(long checkpoint, Map<TopicPartition, Long> positions) {
    TimestampSample sample = writing == null ? new TimestampSample(0) : writing;
    prepared.add(new Checkpoint(checkpoint, writingSinceMillis, sample, positions));
    writing = null;
    writingSinceMillis = NONE;
  }

  /** Adds a commit of this checkpoint and all before it. */
  void commit(long checkpoint) {
    while (!prepared.isEmpty() && prepared.peek().id() <= checkpoint) {
      Checkpoint done = prepared.remove();
      freshness.add(done.inputs(), clock.getAsLong());
      committed.putAll(done.positions());
    }
    oldestMillis =
        prepared.stream()
            .mapToLong(Checkpoint::sinceMillis)
            .filter(since -> since != NONE)
            .findFirst()
            .orElse(writingSinceMillis);
  }
}
