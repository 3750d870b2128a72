package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.RejectReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the outcomes of the last minute, of all inputs and by model, and tells when more are
 * rejected than a limit allows. For the task's thread only.
 *
 * <p>It counts in intervals that {@link #endInterval} ends: from checkpoint to checkpoint. Those
 * that ended more than a minute ago are forgotten, except the last one.
 */
final class RejectBrake {
  static final long WINDOW_MILLIS = 60_000;

  /** Models beyond these are counted among all inputs only: an event can carry any name. */
  static final int MOST_MODELS = 1_000;

  private final RejectLimit limit;
  private final Deque<Interval> ended = new ArrayDeque<>();
  private Interval current = new Interval();

  RejectBrake(RejectLimit limit) {
    this.limit = limit;
  }

  /**
   * More rejects than the limit allows.
   *
   * @param model whose inputs they are; null: all inputs together
   * @param reason of most of them
   */
  record Excess(@Nullable String model, RejectReason reason, long rejects, long inputs) {}

  void count(Outcome outcome) {
    if (outcome instanceof Items items) {
      items.outcomes().forEach(this::count);
    } else if (outcome instanceof Rejected rejected) {
      current.all.reject(rejected.reason());
      Tally tally = rejected.model() == null ? null : current.of(rejected.model());
      if (tally != null) {
        tally.reject(rejected.reason());
      }
    } else if (!(outcome instanceof Skipped)) {
      current.all.inputs++;
      Tally tally = outcome instanceof Exported exported ? current.of(exported.model()) : null;
      if (tally != null) {
        tally.inputs++;
      }
    }
  }

  /**
   * Ends an interval.
   *
   * @param nowMillis of a clock that never goes back; its zero does not matter
   * @return what exceeds the limit in the last minute, a model before all inputs; null: nothing
   */
  @Nullable Excess endInterval(long nowMillis) {
    current.endMillis = nowMillis;
    ended.add(current);
    current = new Interval();
    while (ended.getFirst().endMillis <= nowMillis - WINDOW_MILLIS) {
      ended.removeFirst();
    }
    Interval sum = new Interval();
    ended.forEach(sum::add);
    for (Map.Entry<String, Tally> model : sum.byModel.entrySet()) {
      Excess excess = excess(model.getKey(), model.getValue());
      if (excess != null) {
        return excess;
      }
    }
    return excess(null, sum.all);
  }

  private @Nullable Excess excess(@Nullable String model, Tally tally) {
    long rejects = tally.rejects();
    return limit.isExceededBy(rejects, tally.inputs)
        ? new Excess(model, tally.mostFrequent(), rejects, tally.inputs)
        : null;
  }

  private static final class Interval {
    private final Tally all = new Tally();
    private final Map<String, Tally> byModel = new HashMap<>();
    private long endMillis;
    private @Nullable String lastModel;
    private @Nullable Tally last;

    /** Null if there are too many models. */
    @Nullable Tally of(String model) {
      // Mostly the same as for the input before, and the same object.
      if (model == lastModel) {
        return last;
      }
      Tally tally = byModel.get(model);
      if (tally == null && byModel.size() < MOST_MODELS) {
        tally = new Tally();
        byModel.put(model, tally);
      }
      lastModel = model;
      last = tally;
      return tally;
    }

    void add(Interval other) {
      all.add(other.all);
      other.byModel.forEach(
          (model, tally) -> byModel.computeIfAbsent(model, name -> new Tally()).add(tally));
    }
  }

  private static final class Tally {
    private final long[] rejects = new long[RejectReason.values().length];
    private long inputs;

    void reject(RejectReason reason) {
      inputs++;
      rejects[reason.ordinal()]++;
    }

    void add(Tally other) {
      inputs += other.inputs;
      for (int i = 0; i < rejects.length; i++) {
        rejects[i] += other.rejects[i];
      }
    }

    long rejects() {
      long sum = 0;
      for (long count : rejects) {
        sum += count;
      }
      return sum;
    }

    RejectReason mostFrequent() {
      int most = 0;
      for (int i = 1; i < rejects.length; i++) {
        most = rejects[i] > rejects[most] ? i : most;
      }
      return RejectReason.values()[most];
    }
  }
}
