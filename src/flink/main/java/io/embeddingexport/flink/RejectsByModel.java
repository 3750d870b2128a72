package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Rejected;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts rejects by model. A model gets its own counter only if it has, or had, a key config, and
 * is among the first {@value #MOST_MODELS} with rejects. The rest share one, since an event can
 * carry any name and metrics are never removed. For the task's thread only.
 */
final class RejectsByModel {
  /** Label of each model's counter group. */
  static final String MODEL = "model";

  static final int MOST_MODELS = 100;

  /**
   * Counter of models beyond the first, models without a key config, and inputs of unknown models.
   */
  static final String OTHER = "other";

  private final MetricGroup group;
  private final Counter other;
  private final Map<String, Counter> byModel = new HashMap<>();

  RejectsByModel(MetricGroup group) {
    this.group = group;
    this.other = group.addGroup(MODEL, OTHER).counter("rejects");
  }

  void count(Rejected rejected) {
    String model = rejected.model();
    if (model == null || rejected.keyConfigVersion() == 0 || model.equals(OTHER)) {
      other.inc();
      return;
    }
    Counter counter = byModel.get(model);
    if (counter == null && byModel.size() < MOST_MODELS) {
      counter = group.addGroup(MODEL, model).counter("rejects");
      byModel.put(model, counter);
    }
    (counter == null ? other : counter).inc();
  }
}
