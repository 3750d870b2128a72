package io.embeddingexport.cli;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.jspecify.annotations.Nullable;

/**
 * Sums the export's counters over all tasks, including ended ones, and the lag of its source. After
 * a failure, a task counts inputs since the last checkpoint again. Thread-safe.
 */
final class RunCounters implements MetricReporter {
  private static final String GROUP = "embeddingExport";

  private static final String REASON = "<reason>";
  private static final String LAG = "pendingRecords";

  /** Labels of counters that split the total of the counter without a label. */
  private static final Set<String> LABELS = Set.of(REASON, "<model>");

  private final Map<String, Set<Counter>> live = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> ended = new ConcurrentHashMap<>();
  private final Set<Gauge<?>> lags = ConcurrentHashMap.newKeySet();

  /** Sum of the counter of that name: {@code records}, {@code rejects}, … */
  long sum(String name) {
    LongAdder past = ended.get(name);
    long sum = past == null ? 0 : past.sum();
    for (Counter counter : live.getOrDefault(name, Set.of())) {
      sum += counter.getCount();
    }
    return sum;
  }

  /** Rejects by reason, the most frequent first; without reasons that did not occur. */
  Map<String, Long> rejectsByReason() {
    Map<String, Long> rejects = new HashMap<>();
    Set<String> names = new HashSet<>(live.keySet());
    names.addAll(ended.keySet());
    for (String name : names) {
      long count = name.startsWith(REASON) ? sum(name) : 0;
      if (count > 0) {
        rejects.put(name.substring(REASON.length()), count);
      }
    }
    return rejects.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /** Number of inputs on the brokers that are not read yet; -1 if no task reports it. */
  long lag() {
    long lag = -1;
    for (Gauge<?> gauge : lags) {
      if (gauge.getValue() instanceof Number pending && pending.longValue() >= 0) {
        lag = Math.max(0, lag) + pending.longValue();
      }
    }
    return lag;
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge && name.equals(LAG)) {
      lags.add(gauge);
    }
    String key = key(metric, name, group);
    if (key != null) {
      live.computeIfAbsent(key, none -> ConcurrentHashMap.newKeySet()).add((Counter) metric);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge) {
      lags.remove(gauge);
    }
    String key = key(metric, name, group);
    if (key != null && live.getOrDefault(key, Set.of()).remove(metric)) {
      ended.computeIfAbsent(key, none -> new LongAdder()).add(((Counter) metric).getCount());
    }
  }

  /** The counter's name, or the reason after its label; null if it must not be summed. */
  private static @Nullable String key(Metric metric, String name, MetricGroup group) {
    if (!(metric instanceof Counter) || !group.getMetricIdentifier("").contains(GROUP)) {
      return null;
    }
    Map<String, String> labels = group.getAllVariables();
    if (labels.containsKey(REASON)) {
      return REASON + labels.get(REASON);
    }
    return Collections.disjoint(labels.keySet(), LABELS) ? name : null;
  }
}
