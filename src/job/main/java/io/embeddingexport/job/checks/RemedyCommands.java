package io.embeddingexport.job.checks;

import io.embeddingexport.kafka.admin.Permission;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.kafka.sink.DeadLetters;
import org.jspecify.annotations.Nullable;

/** The commands that remedies name. */
record RemedyCommands(String bootstrapServers) {
  private static final long STOCK_MAX_MESSAGE_BYTES = 1_048_588;

  /** {@code max.message.bytes} of a dead-letter topic, if the input topic has a stock broker's. */
  private static final long DEAD_LETTER_BYTES =
      STOCK_MAX_MESSAGE_BYTES + DeadLetters.MAX_ADDED_BYTES;

  String create(String topic, TopicRole role, @Nullable KeyConfigTopicSettings keyConfigs) {
    if (role == TopicRole.KEY_CONFIGS && keyConfigs != null) {
      return "create it: " + keyConfigs.createCommand();
    }
    return "create it: kafka-topics.sh --bootstrap-server "
        + bootstrapServers
        + " --create --topic "
        + topic
        + (role == TopicRole.DEAD_LETTERS
            ? " --config max.message.bytes=" + DEAD_LETTER_BYTES
            : "");
  }

  String partitions(String topic, int count) {
    return "kafka-topics.sh --bootstrap-server "
        + bootstrapServers
        + " --alter --topic "
        + topic
        + " --partitions "
        + count;
  }

  /**
   * @param setting {@code name=value}
   */
  String set(String topic, String setting) {
    return "kafka-configs.sh --bootstrap-server "
        + bootstrapServers
        + " --alter --entity-type topics --entity-name "
        + topic
        + " --add-config "
        + setting;
  }

  String allow(Permission permission) {
    return permission.command(bootstrapServers);
  }
}
