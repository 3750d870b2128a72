package io.embeddingexport.job.options;

import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.flink.RejectLimit;
import io.embeddingexport.kafka.ClientDefaults;
import io.embeddingexport.kafka.SourceSettings;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.kafka.letters.LetterFilter;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import io.embeddingexport.kafka.positions.StartOptions;
import io.embeddingexport.kafka.sink.DeliveryGuarantee;
import io.embeddingexport.kafka.sink.SinkSettings;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * The job's options, checked and parsed. Immutable.
 *
 * @param inputs how the events of the topics are sent
 * @param models whose events are exported; empty: all
 * @param keyConfigs from files, one per model
 * @param keyConfigTopic topic of followed key configs; null: none
 * @param keyConfigLetters whether a key config refused there becomes a dead letter
 * @param keyConfigWaitTimeout longest an event waits for the key-config version it names
 * @param sampleEvery one event in so many is measured; 0: none
 * @param rejectLimit null: any number of inputs may be rejected
 * @param flink the given Flink options, without their prefix
 * @param preflightTimeout null: no preflight
 * @param shown all given options, with their secrets masked
 * @param replayed the dead letters whose inputs are decided again: {@code source} is the topic of
 *     dead letters then; null: {@code source} is the topics of the events
 */
public record JobSettings(
    String name,
    SourceSettings source,
    SinkSettings sink,
    List<InputText> inputs,
    ExportLimits limits,
    List<String> models,
    List<KeyConfig> keyConfigs,
    @Nullable KeyConfigTopicSettings keyConfigTopic,
    boolean keyConfigLetters,
    Duration keyConfigWaitTimeout,
    int sampleEvery,
    @Nullable RejectLimit rejectLimit,
    Configuration flink,
    @Nullable Duration preflightTimeout,
    Map<String, String> shown,
    @Nullable LetterFilter replayed) {

  public JobSettings {
    inputs = List.copyOf(inputs);
    models = List.copyOf(models);
    keyConfigs = List.copyOf(keyConfigs);
    shown = Map.copyOf(shown);
  }

  /**
   * Checks options.
   *
   * @throws InvalidOptionsException with every problem, including those of key configs
   */
  public static JobSettings of(JobConfiguration options) throws InvalidOptionsException {
    return new SettingsReader(options).read();
  }

  /** Same as {@link #of(JobConfiguration)}, for options set by a program. */
  public static JobSettings of(Configuration options) throws InvalidOptionsException {
    return of(JobConfiguration.of(options));
  }

  /**
   * Reads how large events and records may be, for a command that needs no more of a job.
   *
   * @throws InvalidOptionsException with every problem of these options, and of the form of all
   */
  public static ExportLimits limits(JobConfiguration options) throws InvalidOptionsException {
    return new SettingsReader(options).readLimits();
  }

  /**
   * Reads how events are sent, for a command that needs no more of a job.
   *
   * @throws InvalidOptionsException with every problem of these options, and of the form of all
   */
  public static List<InputText> inputs(JobConfiguration options) throws InvalidOptionsException {
    return new SettingsReader(options).readInputs();
  }

  /**
   * Reads the mapping files, for a command that checks them as a job does: together, and with the
   * job's input topics.
   *
   * @throws InvalidOptionsException with every problem of these options, and of the form of all
   */
  public static InputFiles inputFiles(JobConfiguration options) throws InvalidOptionsException {
    return new SettingsReader(options).readInputFiles();
  }

  /**
   * Reads the input topics, for a command that needs no more of a job; empty if there are none.
   *
   * @throws InvalidOptionsException with every problem of the mapping files, and of the form of all
   */
  public static List<String> inputTopics(JobConfiguration options) throws InvalidOptionsException {
    return new SettingsReader(options).readInputTopics();
  }

  /**
   * These settings, for a job whose Flink options come from {@code cluster} too. The job's own
   * override them.
   *
   * @param cluster a cluster's configuration, of which only the options of jobs are taken
   */
  public JobSettings on(Configuration cluster) {
    Configuration both = ClusterConfiguration.ofJobs(cluster);
    both.addAll(flink);
    return with(source, both, replayed);
  }

  /** These settings, for a run that reads the dead letters instead of the events. */
  JobSettings replaying(LetterFilter letters) {
    return with(source.of(List.of(sink.topics().deadLetters())), flink, letters);
  }

  private JobSettings with(
      SourceSettings read, Configuration flinkOptions, @Nullable LetterFilter letters) {
    return new JobSettings(
        name,
        read,
        sink,
        inputs,
        limits,
        models,
        keyConfigs,
        keyConfigTopic,
        keyConfigLetters,
        keyConfigWaitTimeout,
        sampleEvery,
        rejectLimit,
        flinkOptions,
        preflightTimeout,
        shown,
        letters);
  }

  /** Whether dead letters are written: a replay leaves them where they are. */
  public boolean writesDeadLetters() {
    return replayed == null;
  }

  public boolean isExactlyOnce() {
    return sink.guarantee() == DeliveryGuarantee.EXACTLY_ONCE;
  }

  /**
   * The settings of the job's positions.
   *
   * @param flink the effective Flink options, which bound the length of a transaction
   */
  public PositionSettings positions(RunIdentity run, ReadableConfig flink) {
    Map<String, String> consumer = new HashMap<>(ClientDefaults.SOURCE);
    consumer.putAll(source.properties());
    Map<String, String> producer = new HashMap<>(ClientDefaults.SINK);
    producer.putAll(sink.properties());
    return new PositionSettings(
        sink.bootstrapServers(),
        source.groupId(),
        sink.transactionalIdPrefix(),
        isExactlyOnce(),
        transactionTimeout(flink),
        run,
        consumer,
        producer);
  }

  /** The topics that the job reads, and where it starts. */
  public StartOptions starts() {
    return StartOptions.of(source, keyConfigLetters ? keyConfigTopic : null);
  }

  /** The configured timeout, or else the one that checkpoints need. */
  public Duration transactionTimeout(ReadableConfig flink) {
    Duration given = sink.transactionTimeout();
    return given == null ? CheckpointTimes.of(flink).longestTransaction() : given;
  }

  /** The options under {@code flink.}, without their prefix. Nothing is checked. */
  static Configuration flinkOptions(Configuration options) {
    return Configuration.fromMap(OptionNames.under(JobOptions.FLINK_PREFIX, options));
  }
}
