package io.embeddingexport.flink;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a function is made with, in a form that travels from the client to the tasks: numbers, and
 * key configs as their JSON. Immutable.
 */
final class ExportPlan implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String SOURCE = "the job's key configs";

  private final EventFormat format;
  private final int maxEventBytes;
  private final int maxRecordBytes;
  private final String[] keyConfigs;

  /**
   * @throws IllegalArgumentException if two of {@code keyConfigs} are for the same model, or one
   *     was not made by the parser and is not valid
   */
  ExportPlan(EventFormat format, ExportLimits limits, List<KeyConfig> keyConfigs) {
    requireOnePerModel(keyConfigs);
    this.format = format;
    this.maxEventBytes = limits.maxEventBytes();
    this.maxRecordBytes = limits.maxRecordBytes();
    this.keyConfigs = keyConfigs.stream().map(ExportPlan::validJson).toArray(String[]::new);
  }

  private static void requireOnePerModel(List<KeyConfig> keyConfigs) {
    Map<String, KeyConfig> byModel = new HashMap<>();
    for (KeyConfig config : keyConfigs) {
      KeyConfig other = byModel.put(config.model(), config);
      if (other != null) {
        throw new IllegalArgumentException(
            "two key configs for model '"
                + config.model()
                + "' (versions "
                + other.version()
                + " and "
                + config.version()
                + "): give one");
      }
    }
  }

  /** Read back here, so that a config no task could read fails where it was given. */
  private static String validJson(KeyConfig config) {
    String json = KeyConfigJson.write(config);
    try {
      KeyConfigJson.read("key config of model '" + config.model() + "'", json);
      return json;
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Begins one operator instance: restores its key configs, then puts the plan's in force. */
  RunningExport start(OperatorStateStore state, MetricGroup operatorMetrics) throws Exception {
    CheckpointedKeyConfigs configs = CheckpointedKeyConfigs.restore(state);
    for (String json : keyConfigs) {
      configs.put(KeyConfigJson.read(SOURCE, json), SOURCE);
    }
    Exporter exporter =
        new Exporter(
            format.newDecoder(),
            configs.inForce(),
            new ExportLimits(maxEventBytes, maxRecordBytes));
    return new RunningExport(exporter, ExportMetrics.register(operatorMetrics, configs));
  }
}
