package io.embeddingexport.job;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a broker says of a topic.
 *
 * @param maxMessageBytes largest batch it takes
 */
record TopicState(String name, long maxMessageBytes, boolean compacted) {

  static TopicState of(String name, Config config) {
    return new TopicState(
        name,
        Long.parseLong(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()),
        config
            .get(TopicConfig.CLEANUP_POLICY_CONFIG)
            .value()
            .contains(TopicConfig.CLEANUP_POLICY_COMPACT));
  }
}
