package io.embeddingexport.job.checks;

import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.kafka.sink.DeadLetters;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
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

  String allowTopics(AclOperation operation, List<String> topics) {
    return allow(operation, "--topic " + String.join(" --topic ", topics));
  }

  String allowGroup(String group) {
    return allow(AclOperation.READ, "--group " + group);
  }

  String allowTransactionalIds(String prefix) {
    return allow(
        AclOperation.WRITE, "--transactional-id " + prefix + " --resource-pattern-type prefixed");
  }

  String allowCluster(AclOperation operation) {
    return allow(operation, "--cluster");
  }

  private String allow(AclOperation operation, String resource) {
    return "kafka-acls.sh --bootstrap-server "
        + bootstrapServers
        + " --add --allow-principal User:PRINCIPAL --operation "
        + operation(operation)
        + " "
        + resource;
  }

  /** The name in the command's spelling. */
  private static String operation(AclOperation operation) {
    return switch (operation) {
      case READ -> "Read";
      case WRITE -> "Write";
      case DESCRIBE -> "Describe";
      case DESCRIBE_CONFIGS -> "DescribeConfigs";
      default -> throw new IllegalArgumentException("no check asks for " + operation);
    };
  }
}
