package io.embeddingexport.flink;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.export.TensorStatistics;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics of what is in the records, by model and tensor: a model that starts to send zeros breaks
 * nothing else that anyone watches. Measures sampled records only. For the task's thread.
 */
final class EmbeddingHealth {
  /** Metrics are never removed, so their number has a limit. */
  static final int MOST_TENSORS = 200;

  private static final int HISTOGRAM_WINDOW = 256;

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingHealth.class);

  private final MetricGroup group;
  private final Map<Name, TensorMetrics> tensors = new HashMap<>();

  private record Name(String model, String tensor) {}

  private record TensorMetrics(
      Histogram l2Norm, Counter sampled, Counter sampledZero, Counter sampledNonFinite) {}

  EmbeddingHealth(MetricGroup group) {
    this.group = group;
  }

  /**
   * Measures the FLOAT and DOUBLE tensors of a record.
   *
   * @param config the record's key config
   */
  void measure(byte[] record, KeyConfig config) {
    DataRecordView view;
    try {
      view = DataRecordReader.read(record);
    } catch (MalformedRecordException e) {
      // A metric must not fail the job.
      LOG.error(
          "A record of model {} cannot be read: {}; please report this",
          config.model(),
          e.getMessage());
      return;
    }
    for (KeySpec spec : config.keys()) {
      Tensor tensor = view.tensors().get(spec.key());
      if (tensor != null && spec.dataType().isFloatingPoint()) {
        TensorMetrics metrics = metrics(new Name(config.model(), spec.name()));
        if (metrics != null) {
          add(TensorStatistics.of(tensor), metrics);
        }
      }
    }
  }

  private static void add(TensorStatistics statistics, TensorMetrics metrics) {
    // The histogram takes whole numbers; the metric's name says the unit.
    metrics.l2Norm().update(Math.round(Math.min(statistics.l2Norm() * 1000, Long.MAX_VALUE)));
    metrics.sampled().inc();
    if (statistics.isZero()) {
      metrics.sampledZero().inc();
    }
    if (statistics.nonFinite() > 0) {
      metrics.sampledNonFinite().inc();
    }
  }

  private @Nullable TensorMetrics metrics(Name name) {
    TensorMetrics found = tensors.get(name);
    if (found != null || tensors.size() >= MOST_TENSORS) {
      return found;
    }
    MetricGroup tensor =
        group.addGroup(RejectsByModel.MODEL, name.model()).addGroup("tensor", name.tensor());
    TensorMetrics created =
        new TensorMetrics(
            tensor.histogram("l2NormMilli", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW)),
            tensor.counter("sampled"),
            tensor.counter("sampledZero"),
            tensor.counter("sampledNonFinite"));
    tensors.put(name, created);
    return created;
  }
}
