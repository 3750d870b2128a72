package io.embeddingexport.kafka.sink;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides when a slot's positions are committed: after one has moved, and once a day. Brokers
 * forget offsets that are not committed again within 7 days.
 */
final class DuePositions {
  private static final Duration REFRESH = Duration.ofDays(1);

  private final Positions positions;
  private final LongSupplier nanoClock;
  private long lastTaken;

  DuePositions(Positions positions, LongSupplier nanoClock) {
    this.positions = positions;
    this.nanoClock = nanoClock;
    this.lastTaken = nanoClock.getAsLong();
  }

  boolean areDue() {
    return !positions.areEmpty()
        && (positions.haveMoved() || nanoClock.getAsLong() - lastTaken >= REFRESH.toNanos());
  }

  /** Same as {@link Positions#take}. */
  Map<TopicPartition, OffsetAndMetadata> take(int ids) {
    lastTaken = nanoClock.getAsLong();
    return positions.take(ids);
  }
}
