package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.RejectReason;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The metrics of one operator instance, under {@value #GROUP} in the operator's metric group;
 * {@code docs/metrics.md} describes each. Only the task's thread updates them.
 */
final class ExportMetrics {
  static final String GROUP = "embeddingExport";

  /** Label of each reason's counter group. */
  static final String REASON = "reason";

  /** Number of timed events in the histogram. */
  private static final int HISTOGRAM_WINDOW = 1024;

  private final Counter records;
  private final Counter recordBytes;
  private final Counter tombstones;
  private final Counter rejects;
  private final Counter skips;
  private final Map<RejectReason, Counter> rejectsByReason = new EnumMap<>(RejectReason.class);
  private final RejectsByModel rejectsByModel;
  private final Histogram encodeTimeNanos;
  private final EmbeddingHealth health;

  private ExportMetrics(MetricGroup group) {
    records = group.counter("records");
    recordBytes = group.counter("recordBytes");
    tombstones = group.counter("tombstones");
    rejects = group.counter("rejects");
    skips = group.counter("skips");
    // A refused key config is not an event; it is counted among the updates.
    for (RejectReason reason : EnumSet.complementOf(EnumSet.of(RejectReason.KEY_CONFIG_REFUSED))) {
      Counter counter = group.addGroup(REASON, reason.label()).counter("rejects");
      rejectsByReason.put(reason, counter);
    }
    rejectsByModel = new RejectsByModel(group);
    health = new EmbeddingHealth(group);
    encodeTimeNanos =
        group.histogram("encodeTimeNanos", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
  }

  /** Registers the metrics; once per operator instance. */
  static ExportMetrics register(MetricGroup operator) {
    return new ExportMetrics(operator.addGroup(GROUP));
  }

  void took(long nanos) {
    encodeTimeNanos.update(nanos);
  }

  /** Metrics of sampled records. */
  EmbeddingHealth health() {
    return health;
  }

  void count(Outcome outcome) {
    if (outcome instanceof Exported exported) {
      records.inc();
      recordBytes.inc(exported.record().length);
    } else if (outcome instanceof Rejected rejected) {
      rejects.inc();
      rejectsByReason.get(rejected.reason()).inc();
      rejectsByModel.count(rejected);
    } else if (outcome instanceof Skipped) {
      skips.inc();
    } else if (outcome instanceof Items items) {
      items.outcomes().forEach(this::count);
    } else {
      tombstones.inc();
    }
  }
}
