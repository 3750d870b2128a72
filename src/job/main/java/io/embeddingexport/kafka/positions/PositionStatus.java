package io.embeddingexport.kafka.positions;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A partition's position, and the result of a start.
 *
 * @param isInput false for a partition of key configs
 * @param start start offset; null if a start would be refused
 * @param problem reason a start would be refused, in its own words; null if it would not be
 */
public record PositionStatus(
    TopicPartition partition,
    boolean isInput,
    Found found,
    PositionKind kind,
    @Nullable Long start,
    @Nullable String problem) {

  /**
   * The brokers' answers.
   *
   * @param begin the first readable offset
   * @param end the offset of the next message
   * @param position the group's committed offset; null: none
   * @param marker the marker committed with it; null: none of ours
   */
  public record Found(
      TopicState topic,
      long begin,
      long end,
      @Nullable Long position,
      @Nullable PositionMarker marker) {}

  /** The partition's first readable offset. */
  public long begin() {
    return found.begin();
  }

  /** The offset of the partition's next message. */
  public long end() {
    return found.end();
  }

  /** The committed offset, from any committer; null: none. */
  public @Nullable Long position() {
    return found.position();
  }

  /** Null if nothing is committed, or none of our jobs committed it. */
  public @Nullable PositionMarker marker() {
    return found.marker();
  }

  /**
   * Number of offsets from the position to the end, including control records; null without
   * position.
   */
  public @Nullable Long lag() {
    Long position = found.position();
    return position == null ? null : found.end() - position;
  }
}
