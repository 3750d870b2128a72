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
  private long superseded;

  /**
   * Rejections for one reason.
   *
   * @param live number under the live key config
   * @param next number under the new key config
   * @param example position of the first rejection under the new key config, with its detail; if
   *     there is none, of the first under the live one
   */
  record Count(long live, long next, String example) {}

  /**
   * @param comparison null for events with an unknown model
   */
  DryRunTally(@Nullable Comparison comparison) {
    this.comparison = comparison;
  }

  void add(Outcome live, Outcome next, MessagePosition place) {
    events++;
    if (next instanceof Rejected rejected) {
      Count before = reasons.get(rejected.reason());
      reasons.put(
          rejected.reason(),
          before == null || before.next() == 0
              ? new Count(before == null ? 0 : before.live(), 1, example(place, rejected))
              : new Count(before.live(), before.next() + 1, before.example()));
      if (rejected.reason() == RejectReason.KEY_CONFIG_VERSION_SUPERSEDED
          && !(live instanceof Rejected)) {
        superseded++;
      }
    }
    if (live instanceof Rejected rejected) {
      Count before = reasons.get(rejected.reason());
      reasons.put(
          rejected.reason(),
          before == null
              ? new Count(1, 0, example(place, rejected))
              : new Count(before.live() + 1, before.next(), before.example()));
    }
  }

  private static String example(MessagePosition place, Rejected rejected) {
    return place + ": " + rejected.detail();
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
