package io.embeddingexport.kafka;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A group whose metrics a test reads by their path, such as {@code le.100.bucket}. */
public final class RecordedMetrics extends UnregisteredMetricsGroup {
  private final String path;
  private final Map<String, Metric> byPath;

  public RecordedMetrics() {
    this("", new TreeMap<>());
  }

  private RecordedMetrics(String path, Map<String, Metric> byPath) {
    this.path = path;
    this.byPath = byPath;
  }

  @Override
  public Counter counter(String name) {
    return add(name, super.counter(name));
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    return add(name, gauge);
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return new RecordedMetrics(path + key + '.' + value + '.', byPath);
  }

  private <M extends Metric> M add(String name, M metric) {
    if (byPath.put(path + name, metric) != null) {
      throw new AssertionError(path + name + " is registered twice");
    }
    return metric;
  }

  public long count(String name) {
    return ((Counter) byPath.get(name)).getCount();
  }

  public Object gauge(String name) {
    return ((Gauge<?>) byPath.get(name)).getValue();
  }
}
