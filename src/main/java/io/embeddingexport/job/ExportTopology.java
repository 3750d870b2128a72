package io.embeddingexport.job;

import io.embeddingexport.flink.Decision;
import io.embeddingexport.flink.DecisionTypeInfo;
import io.embeddingexport.flink.Envelope;
import io.embeddingexport.flink.ExportFunction;
import io.embeddingexport.flink.ExportOperator;
import io.embeddingexport.kafka.DecisionSink;
import io.embeddingexport.kafka.EnvelopeSource;
import io.embeddingexport.kafka.KeyConfigTopic;
import io.embeddingexport.kafka.KeyConfigTopicSettings;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job's three steps. They run as one operator chain: an event crosses no network and no thread
 * between source and sink. Key configs that are followed come to each export instance directly, on
 * no stream of their own.
 *
 * <pre>
 * source → export → sink        uids: source, export, sink
 * </pre>
 */
public final class ExportTopology {
  public static final String SOURCE_UID = "source";
  public static final String EXPORT_UID = "export";
  public static final String SINK_UID = "sink";

  /**
   * Defines the job in {@code env}, and sets there the Flink options given and the job's defaults
   * for what is left open.
   *
   * @throws InvalidOptionsException with every problem of the options and key configs
   */
  public static void define(StreamExecutionEnvironment env, Configuration options)
      throws InvalidOptionsException {
    define(env, JobSettings.of(options));
  }

  /** As {@link #define(StreamExecutionEnvironment, Configuration)}, of options already checked. */
  public static void define(StreamExecutionEnvironment env, JobSettings settings) {
    FlinkDefaults.apply(env, settings.flink());
    DataStream<Envelope> inputs =
        env.fromSource(
                EnvelopeSource.of(settings.source()), WatermarkStrategy.noWatermarks(), SOURCE_UID)
            .uid(SOURCE_UID);
    DataStream<Decision> decisions =
        inputs
            .transform(
                EXPORT_UID, DecisionTypeInfo.INSTANCE, new ExportOperator(function(settings)))
            .uid(EXPORT_UID);
    decisions.sinkTo(DecisionSink.of(settings.sink())).name(SINK_UID).uid(SINK_UID);
  }

  private static ExportFunction function(JobSettings settings) {
    ExportFunction function =
        new ExportFunction(settings.format(), settings.limits(), settings.keyConfigs());
    KeyConfigTopicSettings topic = settings.keyConfigTopic();
    return topic == null
        ? function
        : function.following(new KeyConfigTopic(topic), settings.keyConfigWaitTimeout());
  }

  private ExportTopology() {}
}
