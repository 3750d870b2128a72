package io.embeddingexport.chaos.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts of what was seen, and the anomalies: how many of each kind, and the first of them. */
public final class Report {
  private static final int KEPT = 20;

  private final Map<Anomaly.Kind, Long> counts = new EnumMap<>(Anomaly.Kind.class);
  private final List<Anomaly> first = new ArrayList<>();
  private long inputs;
  private long records;
  private long tombstones;
  private long letters;
  private long refusals;

  /** As it is now. */
  public Report copy() {
    Report copy = new Report();
    copy.counts.putAll(counts);
    copy.first.addAll(first);
    copy.inputs = inputs;
    copy.records = records;
    copy.tombstones = tombstones;
    copy.letters = letters;
    copy.refusals = refusals;
    return copy;
  }

  void input() {
    inputs++;
  }

  void record() {
    records++;
  }

  void tombstone() {
    tombstones++;
  }

  void letter() {
    letters++;
  }

  void refusal() {
    refusals++;
  }

  void add(Anomaly anomaly) {
    add(anomaly, 1);
  }

  /**
   * @param messages how many it is of
   */
  void add(Anomaly anomaly, long messages) {
    counts.merge(anomaly.kind(), messages, Long::sum);
    if (first.stream().filter(kept -> kept.kind() == anomaly.kind()).count() < KEPT) {
      first.add(anomaly);
    }
  }

  public long inputs() {
    return inputs;
  }

  public long records() {
    return records;
  }

  public long tombstones() {
    return tombstones;
  }

  /** Dead letters of inputs. */
  public long letters() {
    return letters;
  }

  /** Dead letters of key configs. */
  public long refusals() {
    return refusals;
  }

  /** How many there are of each kind that there is. */
  public Map<Anomaly.Kind, Long> counts() {
    return counts;
  }

  /** The first of each kind. */
  public List<Anomaly> first() {
    return first;
  }

  public boolean isClean() {
    return counts.isEmpty();
  }
}
