package io.embeddingexport.job;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a broker says of a topic.
 *
 * @param maxMessageBytes largest batch it takes
 * @param cleanupPolicy {@code compact}, {@code delete} or both
 */
record TopicState(String name, long maxMessageBytes, String cleanupPolicy) {

  static TopicState of(String name, Config config) {
    return new TopicState(
        name,
        Long.parseLong(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()),
        config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value());
  }

  boolean compacted() {
    return cleanupPolicy.contains(TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  /** Whether messages go by age or size, even the last of their key. */
  boolean expires() {
    return cleanupPolicy.contains(TopicConfig.CLEANUP_POLICY_DELETE);
  }
}
