package io.embeddingexport.job.checks;

import io.embeddingexport.job.options.CheckpointTimes;
import io.embeddingexport.job.options.FlinkDefaults;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The job to check, and its environment.
 *
 * @param flink the effective Flink options: the job's override the cluster's, which override our
 *     defaults
 * @param runsHere whether the job runs in this process, or may run elsewhere
 */
public record PreflightContext(JobSettings settings, ReadableConfig flink, boolean runsHere) {

  /** A job in a Flink cluster inside a process of this machine. */
  public static PreflightContext here(JobSettings settings) {
    return new PreflightContext(
        settings, FlinkDefaults.inForce(new Configuration(), settings.flink()), true);
  }

  /**
   * A job submitted to a cluster.
   *
   * @param cluster the cluster's configuration, as far as it is known here
   */
  public static PreflightContext onCluster(JobSettings settings, ReadableConfig cluster) {
    return new PreflightContext(settings, FlinkDefaults.inForce(cluster, settings.flink()), false);
  }

  /** The topics the job names, and their roles. */
  Map<String, TopicRole> topics() {
    Map<String, TopicRole> topics = new LinkedHashMap<>();
    TopicRole read = settings.writesDeadLetters() ? TopicRole.INPUT : TopicRole.REPLAYED;
    settings.source().topics().forEach(topic -> topics.put(topic, read));
    if (settings.keyConfigTopic() != null) {
      topics.put(settings.keyConfigTopic().topic(), TopicRole.KEY_CONFIGS);
    }
    topics.put(settings.sink().topics().records(), TopicRole.RECORDS);
    for (KeyConfig config : settings.keyConfigs()) {
      topics.put(settings.sink().topics().records(config.outputTopic()), TopicRole.RECORDS);
    }
    if (settings.writesDeadLetters()) {
      topics.put(settings.sink().topics().deadLetters(), TopicRole.DEAD_LETTERS);
    }
    return topics;
  }

  boolean isExactlyOnce() {
    return settings.isExactlyOnce();
  }

  CheckpointTimes checkpointTimes() {
    return CheckpointTimes.of(flink);
  }

  /** The settings of the job's positions, for a run of its own. */
  PositionSettings positions() {
    return settings.positions(RunIdentity.create(), flink);
  }

  Duration transactionTimeout() {
    return settings.transactionTimeout(flink);
  }

  /** The checkpoint interval; zero if checkpoints are off. */
  Duration checkpointInterval() {
    return checkpointTimes().interval();
  }

  /** The number of slots, if set. */
  Optional<Integer> slots() {
    return flink.getOptional(CoreOptions.DEFAULT_PARALLELISM);
  }

  RemedyCommands commands() {
    return new RemedyCommands(settings.source().bootstrapServers());
  }
}
