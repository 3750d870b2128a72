package io.embeddingexport.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of inputs and outputs, the number of anomalies of each kind, and the first of them. Not
 * thread-safe.
 */
public final class Report {
  private static final int KEPT = 20;

  private final Map<Anomaly.Kind, Long> counts = new EnumMap<>(Anomaly.Kind.class);
  private final List<Anomaly> first = new ArrayList<>();
  private long inputs;
  private final Map<String, Map<Long, Long>> records = new TreeMap<>();
  private long tombstones;
  private final Map<String, Long> letters = new TreeMap<>();
  private long refusals;

  /** A copy that later messages do not change. */
  public Report copy() {
    Report copy = new Report();
    copy.counts.putAll(counts);
    copy.first.addAll(first);
    copy.inputs = inputs;
    records.forEach((model, versions) -> copy.records.put(model, new TreeMap<>(versions)));
    copy.tombstones = tombstones;
    copy.letters.putAll(letters);
    copy.refusals = refusals;
    return copy;
  }

  void input() {
    inputs++;
  }

  void record(String model, long version) {
    records.computeIfAbsent(model, name -> new TreeMap<>()).merge(version, 1L, Long::sum);
  }

  void tombstone() {
    tombstones++;
  }

  void letter(String reason) {
    letters.merge(reason, 1L, Long::sum);
  }

  void refusal() {
    refusals++;
  }

  /** Adds an anomaly of one message. */
  public void add(Anomaly anomaly) {
    add(anomaly, 1);
  }

  /**
   * @param messages number of messages it stands for
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
    return records.values().stream().mapToLong(Report::sum).sum();
  }

  /** Number of records of a model by the key-config version that they state; -1: none. */
  public Map<Long, Long> recordsByVersion(String model) {
    return Collections.unmodifiableMap(records.getOrDefault(model, Map.of()));
  }

  public long tombstones() {
    return tombstones;
  }

  /** Dead letters of inputs. */
  public long letters() {
    return sum(letters);
  }

  /** Dead letters of inputs by the reason that they state, in alphabetical order. */
  public Map<String, Long> lettersByReason() {
    return Collections.unmodifiableMap(letters);
  }

  /** Number of inputs with an output. */
  public long outcomes() {
    return records() + tombstones + letters();
  }

  /** Dead letters of key configs. */
  public long refusals() {
    return refusals;
  }

  /** Number of anomalies of each kind that occurs. */
  public Map<Anomaly.Kind, Long> counts() {
    return counts;
  }

  /** The first anomalies of each kind. */
  public List<Anomaly> first() {
    return first;
  }

  public boolean isClean() {
    return counts.isEmpty();
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
