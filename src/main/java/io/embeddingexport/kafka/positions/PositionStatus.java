package io.embeddingexport.kafka.positions;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A partition's position, and what a start would do with it.
 *
 * @param isInput false of a partition of key configs
 * @param start offset at which a start would begin; null if it would be refused
 * @param problem why a start would be refused, in its own words; null if it would not be
 */
public record PositionStatus(
    TopicPartition partition,
    boolean isInput,
    Found found,
    Standing standing,
    @Nullable Long start,
    @Nullable String problem) {

  /**
   * What the brokers say.
   *
   * @param begin the first offset that can be read
   * @param end the offset that the next message gets
   * @param position what the group has committed; null: nothing
   * @param marker what came with it; null: nothing of ours
   */
  public record Found(
      TopicState topic,
      long begin,
      long end,
      @Nullable Long position,
      @Nullable PositionMarker marker) {}

  /** Of its topic, before the position and after it. */
  public long begin() {
    return found.begin();
  }

  /** Of its topic: the offset that the next message gets. */
  public long end() {
    return found.end();
  }

  /** The committed offset, whoever committed it; null: none. */
  public @Nullable Long position() {
    return found.position();
  }

  /** Null if nothing is committed, or not by a job of ours. */
  public @Nullable PositionMarker marker() {
    return found.marker();
  }

  /** Offsets from the position to the end, those of control records too; null without position. */
  public @Nullable Long lag() {
    Long position = found.position();
    return position == null ? null : found.end() - position;
  }
}
