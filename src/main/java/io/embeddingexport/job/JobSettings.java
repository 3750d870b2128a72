package io.embeddingexport.job;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.kafka.KeyConfigTopicSettings;
import io.embeddingexport.kafka.SinkSettings;
import io.embeddingexport.kafka.SourceSettings;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The job's options, checked and in the types the job works with. Immutable.
 *
 * @param keyConfigs those of files, one a model
 * @param keyConfigTopic where key configs are followed; null: nowhere
 * @param keyConfigWaitTimeout longest that an event waits for the key-config version it names
 * @param flink the Flink options given, without their prefix
 * @param preflightTimeout null: no preflight
 */
public record JobSettings(
    String name,
    SourceSettings source,
    SinkSettings sink,
    EventFormat format,
    ExportLimits limits,
    List<KeyConfig> keyConfigs,
    @Nullable KeyConfigTopicSettings keyConfigTopic,
    Duration keyConfigWaitTimeout,
    Configuration flink,
    @Nullable Duration preflightTimeout) {

  public JobSettings {
    keyConfigs = List.copyOf(keyConfigs);
  }

  /**
   * Checks options.
   *
   * @throws InvalidOptionsException with every problem there is, key configs' too
   */
  public static JobSettings of(Configuration options) throws InvalidOptionsException {
    return new SettingsReader(options).read();
  }

  /** The options under {@code flink.}, without their prefix. Nothing is checked. */
  static Configuration flinkOptions(Configuration options) {
    return Configuration.fromMap(OptionNames.under(JobOptions.FLINK_PREFIX, options));
  }
}
