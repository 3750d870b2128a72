package io.embeddingexport.job.checks;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The settings of a topic that matter to the job.
 *
 * @param maxMessageBytes largest batch it takes
 * @param cleanupPolicy {@code compact}, {@code delete} or both
 * @param minInsyncReplicas number of replicas that must have a write before it is acknowledged
 * @param appendTime whether the broker replaces timestamps with its own
 * @param oldestMillis maximum age of a message's timestamp, ms; {@link Long#MAX_VALUE}: any @param
 *     newestMillis maximum lead of a message's timestamp over the broker's clock, ms
 */
record TopicSettings(
    long maxMessageBytes,
    String cleanupPolicy,
    int minInsyncReplicas,
    boolean appendTime,
    long oldestMillis,
    long newestMillis) {

  static TopicSettings of(Config config) {
    return new TopicSettings(
        number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 1_048_588),
        value(config, TopicConfig.CLEANUP_POLICY_CONFIG, "delete"),
        (int) number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 1),
        value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "").equals("LogAppendTime"),
        number(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.MAX_VALUE),
        number(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.MAX_VALUE));
  }

  boolean compacted() {
    return cleanupPolicy.contains(TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  /** Whether messages are deleted by age or size, even the last of their key. */
  boolean expires() {
    return cleanupPolicy.contains(TopicConfig.CLEANUP_POLICY_DELETE);
  }

  /** Older brokers do not list the setting. */
  private static String value(Config config, String name, String otherwise) {
    return config.get(name) == null || config.get(name).value() == null
        ? otherwise
        : config.get(name).value();
  }

  private static long number(Config config, String name, long otherwise) {
    return Long.parseLong(value(config, name, Long.toString(otherwise)));
  }
}
