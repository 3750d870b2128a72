package io.embeddingexport.cli.keys;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outcomes of one model's events in a dry run. */
final class DryRunTally {
  private final @Nullable Comparison comparison;
  private final Map<RejectReason, Count> reasons = new EnumMap<>(RejectReason.class);
  private long events;
  private long newlyRejected;
  private long superseded;

  /**
   * Rejections for one reason.
   *
   * @param live number under the live key config
   * @param next number under the new key config
   * @param example position of the first rejection under the new key config, with its detail; if
   *     there is none, of the first under the live one
   */
  record Count(long live, long next, String example) {
    private Count plus(Count other) {
      return new Count(live + other.live, next + other.next, example);
    }
  }

  /**
   * @param comparison null for events with an unknown model
   */
  DryRunTally(@Nullable Comparison comparison) {
    this.comparison = comparison;
  }

  void add(Outcome live, Outcome next, MessagePosition position) {
    events++;
    if (next instanceof Rejected rejected) {
      Count one = new Count(0, 1, position + ": " + rejected.detail());
      reasons.merge(
          rejected.reason(),
          one,
          (before, now) -> before.next() == 0 ? now.plus(before) : before.plus(now));
      if (!(live instanceof Rejected)) {
        newlyRejected++;
        superseded += rejected.reason() == RejectReason.KEY_CONFIG_VERSION_SUPERSEDED ? 1 : 0;
      }
    }
    if (live instanceof Rejected rejected) {
      Count one = new Count(1, 0, position + ": " + rejected.detail());
      reasons.merge(rejected.reason(), one, Count::plus);
    }
  }

  /** The new key config compared with the live one; null for events with an unknown model. */
  @Nullable Comparison comparison() {
    return comparison;
  }

  long events() {
    return events;
  }

  long rejectedLive() {
    return reasons.values().stream().mapToLong(Count::live).sum();
  }

  long rejectedNext() {
    return reasons.values().stream().mapToLong(Count::next).sum();
  }

  /** Number of events that are good now, and that the new key config would reject. */
  long newlyRejected() {
    return newlyRejected;
  }

  /**
   * Number of events that are good now but name the live version, so the new one would reject them.
   */
  long superseded() {
    return superseded;
  }

  /** Counts by reason, for reasons with a rejection under either. */
  Map<RejectReason, Count> reasons() {
    return Collections.unmodifiableMap(reasons);
  }
}
