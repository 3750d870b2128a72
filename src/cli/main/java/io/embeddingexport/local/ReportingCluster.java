package io.embeddingexport.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.metrics.filter.ReporterFilter;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Flink's cluster in one process, with the reporters that its options name. Flink's own leaves
 * reporters out.
 */
final class ReportingCluster extends MiniCluster {
  private final @Nullable MetricReporter reporter;

  /**
   * @param reporter gets all metrics, besides those that the options name; null: none
   */
  ReportingCluster(MiniClusterConfiguration settings, @Nullable MetricReporter reporter) {
    super(settings);
    this.reporter = reporter;
  }

  @Override
  protected MetricRegistryImpl createMetricRegistry(Configuration registry, long maxSize) {
    List<ReporterSetup> reporters =
        new ArrayList<>(
            ReporterSetupBuilder.METRIC_SETUP_BUILDER.fromConfiguration(
                registry, DefaultReporterFilters::metricsFromConfiguration, null));
    if (reporter != null) {
      reporters.add(
          new ReporterSetup(
              "ours", new MetricConfig(), reporter, ReporterFilter.getNoOpFilter(), Map.of()));
    }
    return new MetricRegistryImpl(
        MetricRegistryConfiguration.fromConfiguration(registry, maxSize), reporters);
  }
}
