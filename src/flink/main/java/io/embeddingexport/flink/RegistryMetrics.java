package io.embeddingexport.flink;

import io.embeddingexport.event.registry.RegistryListener;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema-registry metrics of one operator instance; {@code docs/metrics.md} describes each.
 * Only the task's thread updates them.
 */
final class RegistryMetrics implements RegistryListener {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryMetrics.class);

  private final Counter fetched;
  private final Counter failures;
  private final Counter waitMillis;

  private RegistryMetrics(MetricGroup group) {
    fetched = group.counter("schemasFetched");
    failures = group.counter("schemaRegistryFailures");
    waitMillis = group.counter("schemaWaitMillis");
  }

  /** Registers the metrics; once per operator instance. */
  static RegistryMetrics register(MetricGroup operator) {
    return new RegistryMetrics(operator.addGroup(ExportMetrics.GROUP));
  }

  @Override
  public void answered() {
    fetched.inc();
  }

  @Override
  public void failed(String problem) {
    failures.inc();
    LOG.warn("An event waits for its schema: {}", problem);
  }

  @Override
  public void waited(long millis) {
    waitMillis.inc(millis);
  }
}
