package io.embeddingexport.job;

import io.embeddingexport.flink.ExportFunction;
import io.embeddingexport.flink.ExportOperator;
import io.embeddingexport.flink.ReplayOperator;
import io.embeddingexport.flink.types.Input;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.OutputTypeInfo;
import io.embeddingexport.job.options.CheckpointTimes;
import io.embeddingexport.job.options.FlinkDefaults;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopic;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.kafka.letters.LetterFilter;
import io.embeddingexport.kafka.letters.ReplayedLetters;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import io.embeddingexport.kafka.sink.OutputOperator;
import io.embeddingexport.kafka.source.InputSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * The job's three steps. They run as one operator chain: an event crosses no network and no thread
 * between source and sink. Each export instance reads followed key configs directly, without a
 * separate stream.
 *
 * <pre>
 * inputs → export → outputs     the uids, too
 * </pre>
 *
 * <p>A replay of dead letters has the same three, with another operator as the second.
 */
public final class ExportTopology {
  public static final String SOURCE_UID = "inputs";

  /** Uid of the source in earlier releases, which was Flink's own. */
  public static final String EARLIER_SOURCE_UID = "source";

  public static final String EXPORT_UID = "export";
  public static final String SINK_UID = "outputs";

  /**
   * Defines the job in {@code env}, and sets the given Flink options there, with the job's defaults
   * for the rest.
   *
   * @throws InvalidOptionsException with every problem of the options and key configs
   */
  public static void define(StreamExecutionEnvironment env, Configuration options)
      throws InvalidOptionsException {
    define(env, JobSettings.of(options));
  }

  /**
   * Same as {@link #define(StreamExecutionEnvironment, Configuration)}, for options already
   * checked.
   *
   * @throws InvalidOptionsException if a transaction may not stay open as long as checkpoints need
   */
  public static void define(StreamExecutionEnvironment env, JobSettings settings)
      throws InvalidOptionsException {
    Configuration flink = FlinkDefaults.inForce(env.getConfiguration(), settings.flink());
    requireLongEnough(settings, flink);
    PositionSettings positions = settings.positions(RunIdentity.create(), flink);
    FlinkDefaults.apply(env, settings.flink());
    show(settings, env);
    DataStream<Input> inputs =
        env.fromSource(
                InputSource.of(settings.source(), positions, settings.starts()),
                WatermarkStrategy.noWatermarks(),
                SOURCE_UID)
            .uid(SOURCE_UID);
    DataStream<Output> outputs =
        inputs.transform(EXPORT_UID, OutputTypeInfo.INSTANCE, export(settings)).uid(EXPORT_UID);
    outputs
        .transform(SINK_UID, Types.VOID, new OutputOperator(settings.sink(), positions))
        .uid(SINK_UID);
  }

  /** Flink's UI and REST API show a job's global parameters as its configuration. */
  private static void show(JobSettings settings, StreamExecutionEnvironment env) {
    Map<String, String> shown = new HashMap<>(env.getConfig().getGlobalJobParameters().toMap());
    shown.putAll(settings.shown());
    env.getConfig().setGlobalJobParameters(Configuration.fromMap(shown));
  }

  private static void requireLongEnough(JobSettings settings, Configuration flink)
      throws InvalidOptionsException {
    Duration needed = CheckpointTimes.of(flink).longestTransaction();
    Duration timeout = settings.transactionTimeout(flink);
    if (settings.isExactlyOnce() && timeout.compareTo(needed) < 0) {
      throw new InvalidOptionsException(
          List.of(
              JobOptions.OUTPUT_TRANSACTION_TIMEOUT.key()
                  + " = "
                  + timeout.toMillis()
                  + " ms: checkpoints need "
                  + needed.toMillis()
                  + " ms (docs/configuration.md says why); remove it, or shorten"
                  + " flink.execution.checkpointing.timeout"));
    }
  }

  private static OneInputStreamOperator<Input, Output> export(JobSettings settings) {
    LetterFilter replayed = settings.replayed();
    return replayed == null
        ? new ExportOperator(function(settings), settings.rejectLimit())
        : new ReplayOperator(function(settings), new ReplayedLetters(replayed));
  }

  private static ExportFunction function(JobSettings settings) {
    ExportFunction function =
        new ExportFunction(settings.inputs(), settings.limits(), settings.keyConfigs())
            .only(settings.models())
            .forwarding(settings.sink().forwardHeaders())
            .sampling(settings.sampleEvery());
    function = settings.keyConfigLetters() ? function : function.withoutKeyConfigLetters();
    KeyConfigTopicSettings topic = settings.keyConfigTopic();
    return topic == null
        ? function
        : function.following(new KeyConfigTopic(topic), settings.keyConfigWaitTimeout());
  }

  private ExportTopology() {}
}
