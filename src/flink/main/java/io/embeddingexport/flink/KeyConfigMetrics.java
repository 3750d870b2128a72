package io.embeddingexport.flink;

import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The key-config metrics of one operator instance; {@code docs/metrics.md} describes each. Only the
 * task's thread updates them; any thread may read them.
 */
final class KeyConfigMetrics {
  /** Age until the first update is applied. */
  static final long NEVER = -1;

  private final Counter applied;
  private final Counter ignored;
  private final Counter refused;
  private final Counter waitMillis;
  private final Counter waitsTimedOut;
  private volatile int inForce;
  private volatile long highestVersion;
  private volatile long lastAppliedNanos;
  private volatile boolean anyApplied;

  private KeyConfigMetrics(MetricGroup group) {
    applied = group.counter("keyConfigUpdatesApplied");
    ignored = group.counter("keyConfigUpdatesIgnored");
    refused = group.counter("keyConfigUpdatesRefused");
    waitMillis = group.counter("keyConfigWaitMillis");
    waitsTimedOut = group.counter("keyConfigWaitsTimedOut");
    group.gauge("keyConfigsInForce", (Gauge<Integer>) () -> inForce);
    group.gauge("keyConfigHighestVersion", (Gauge<Long>) () -> highestVersion);
    group.gauge("keyConfigLastUpdateAgeMillis", (Gauge<Long>) this::lastUpdateAgeMillis);
  }

  /** Registers the metrics; once per operator instance. */
  static KeyConfigMetrics register(MetricGroup operator) {
    return new KeyConfigMetrics(operator.addGroup(ExportMetrics.GROUP));
  }

  /** Records an update that changed a model, to {@code version}. */
  void applied(long version, int nowInForce) {
    applied.inc();
    version(version);
    inForce(nowInForce);
    lastAppliedNanos = System.nanoTime();
    anyApplied = true;
  }

  void version(long version) {
    highestVersion = Math.max(highestVersion, version);
  }

  void inForce(int models) {
    inForce = models;
  }

  void ignored() {
    ignored.inc();
  }

  void refused() {
    refused.inc();
  }

  void waited(long nanos, boolean came) {
    waitMillis.inc(Duration.ofNanos(nanos).toMillis());
    if (!came) {
      waitsTimedOut.inc();
    }
  }

  private long lastUpdateAgeMillis() {
    return anyApplied ? Duration.ofNanos(System.nanoTime() - lastAppliedNanos).toMillis() : NEVER;
  }
}
