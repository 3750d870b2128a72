package io.embeddingexport.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.MissingVersionPolicy;
import io.embeddingexport.export.ModelFilter;
import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.KeyConfigUpdate;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a function, in a form that travels from the client to the tasks: numbers, key
 * configs as JSON, and the source to follow. Immutable.
 */
final class ExportSpec implements Serializable {
  private static final long serialVersionUID = 6;

  private static final String SOURCE = "the job's key configs";

  private final InputSpec[] inputs;
  private final int maxEventBytes;
  private final int maxRecordBytes;
  private final String[] keyConfigs;
  private final @Nullable KeyConfigSource source;
  private final Duration waitTimeout;

  /** Models whose events are exported; empty: all. */
  private final String[] models;

  /** Names of the headers that records keep. */
  private final String[] forwardedHeaders;

  /** One event in so many is measured; 0: none. */
  private final int sampleEvery;

  /**
   * @throws IllegalArgumentException if an input is invalid, two of {@code keyConfigs} are for the
   *     same model, or one is invalid and was not made by the parser
   */
  ExportSpec(List<InputText> inputs, ExportLimits limits, List<KeyConfig> keyConfigs) {
    this(
        InputSpec.of(inputs),
        limits.maxEventBytes(),
        limits.maxRecordBytes(),
        validJson(keyConfigs),
        null,
        Duration.ZERO,
        new String[0],
        new String[0],
        ExportFunction.DEFAULT_SAMPLE_EVERY);
  }

  private ExportSpec(
      InputSpec[] inputs,
      int maxEventBytes,
      int maxRecordBytes,
      String[] keyConfigs,
      @Nullable KeyConfigSource source,
      Duration waitTimeout,
      String[] models,
      String[] forwardedHeaders,
      int sampleEvery) {
    this.inputs = inputs;
    this.maxEventBytes = maxEventBytes;
    this.maxRecordBytes = maxRecordBytes;
    this.keyConfigs = keyConfigs;
    this.source = source;
    this.waitTimeout = waitTimeout;
    this.models = models;
    this.forwardedHeaders = forwardedHeaders;
    this.sampleEvery = sampleEvery;
  }

  /** This spec, exporting only events of {@code models}; empty: all. */
  ExportSpec only(Collection<String> models) {
    return with(source, waitTimeout, models.toArray(String[]::new), forwardedHeaders, sampleEvery);
  }

  /** This spec, with records that keep the headers of these names. */
  ExportSpec forwarding(Collection<String> headers) {
    return with(source, waitTimeout, models, headers.toArray(String[]::new), sampleEvery);
  }

  /**
   * This spec, also following {@code source}.
   *
   * @param waitTimeout longest an event waits for the key-config version it names; 0: no wait
   * @throws IllegalArgumentException if {@code waitTimeout} is negative
   */
  ExportSpec following(KeyConfigSource source, Duration waitTimeout) {
    if (waitTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "a wait timeout of " + waitTimeout + "; it must be 0 or" + " more");
    }
    return with(source, waitTimeout, models, forwardedHeaders, sampleEvery);
  }

  /**
   * This spec, measuring one event in {@code every}; 0: none.
   *
   * @throws IllegalArgumentException if {@code every} is negative, or above 2^30
   */
  ExportSpec sampling(int every) {
    if (every < 0 || every > ExportFunction.MAX_SAMPLE_EVERY) {
      throw new IllegalArgumentException(
          "one event in " + every + " cannot be measured; use 1 to 2^30, or 0 for none");
    }
    return with(source, waitTimeout, models, forwardedHeaders, every);
  }

  private ExportSpec with(
      @Nullable KeyConfigSource source,
      Duration waitTimeout,
      String[] models,
      String[] headers,
      int sampleEvery) {
    return new ExportSpec(
        inputs,
        maxEventBytes,
        maxRecordBytes,
        keyConfigs,
        source,
        waitTimeout,
        models,
        headers,
        sampleEvery);
  }

  private static String[] validJson(List<KeyConfig> keyConfigs) {
    requireOnePerModel(keyConfigs);
    return keyConfigs.stream().map(ExportSpec::validJson).toArray(String[]::new);
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
                + "): keep one");
      }
    }
  }

  /** Checked here, so an invalid config fails at the caller. */
  private static String validJson(KeyConfig config) {
    String json = KeyConfigJson.write(config);
    try {
      KeyConfigParser.parse("key config of model '" + config.model() + "'", json.getBytes(UTF_8));
      return json;
    } catch (InvalidKeyConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Starts one operator instance: restores its key configs, then applies the spec's. */
  ExportRuntime start(OperatorStateStore state, RuntimeContext context, RefusedKeyConfigs refused)
      throws Exception {
    MetricGroup operatorMetrics = context.getMetricGroup();
    KeyConfigMetrics metrics = KeyConfigMetrics.register(operatorMetrics);
    CheckpointedKeyConfigs configs = CheckpointedKeyConfigs.restore(state, metrics);
    for (String json : keyConfigs) {
      configs.apply(new KeyConfigUpdate.Publish(KeyConfigJson.read(json)), null, SOURCE, false);
    }
    KeyConfigFollower live =
        source == null
            ? null
            : new KeyConfigFollower(
                source,
                context.getTaskInfo().getIndexOfThisSubtask(),
                configs,
                refused,
                new WaitBudget(waitTimeout, System::nanoTime),
                metrics);
    ModelFilter filter = ModelFilter.of(List.of(models));
    Exporter exporter =
        new Exporter(
            InputSpec.newDecoder(inputs, RegistryMetrics.register(operatorMetrics)),
            configs.configs(),
            new ExportLimits(maxEventBytes, maxRecordBytes),
            live == null ? MissingVersionPolicy.REJECT : live,
            filter);
    return new ExportRuntime(
        exporter,
        configs.configs(),
        live,
        filter,
        Set.of(forwardedHeaders),
        ExportMetrics.register(operatorMetrics),
        new Sampler(sampleEvery, System.nanoTime()));
  }
}
