package io.embeddingexport.cli;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Sums the export's counters over all its tasks, ended ones too. What a failed task had counted
 * since its last checkpoint is counted again by the next. Thread-safe.
 */
final class RunCounters implements MetricReporter {
  private static final String GROUP = "embeddingExport";

  /** Counters under these labels count again what one without counts in all. */
  private static final Set<String> LABELS = Set.of("<reason>", "<model>");

  private final Map<String, Set<Counter>> live = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> ended = new ConcurrentHashMap<>();

  /** Sum of the counter of that name: {@code records}, {@code rejects}, … */
  long sum(String name) {
    LongAdder past = ended.get(name);
    long sum = past == null ? 0 : past.sum();
    for (Counter counter : live.getOrDefault(name, Set.of())) {
      sum += counter.getCount();
    }
    return sum;
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (isExports(metric, group)) {
      live.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet()).add((Counter) metric);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (isExports(metric, group) && live.getOrDefault(name, Set.of()).remove(metric)) {
      ended.computeIfAbsent(name, key -> new LongAdder()).add(((Counter) metric).getCount());
    }
  }

  private static boolean isExports(Metric metric, MetricGroup group) {
    return metric instanceof Counter
        && group.getMetricIdentifier("").contains(GROUP)
        && Collections.disjoint(group.getAllVariables().keySet(), LABELS);
  }
}
