package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.kafka.admin.ConnectionFailure;
import io.embeddingexport.kafka.admin.Permission;
import io.embeddingexport.kafka.admin.RootMessage;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** A key-config topic cannot be read. The message names the option, topic, brokers and remedy. */
@PublicEvolving
public final class KeyConfigTopicException extends Exception {
  private static final long serialVersionUID = 1;

  private KeyConfigTopicException(
      KeyConfigTopicSettings settings, String problem, @Nullable Throwable cause) {
    super(
        "key-config.topic = "
            + settings.topic()
            + " at "
            + settings.bootstrapServers()
            + ": "
            + problem,
        cause);
  }

  /** Its end was not reached in time. */
  static KeyConfigTopicException late(
      KeyConfigTopicSettings settings, String progress, @Nullable Throwable cause) {
    return new KeyConfigTopicException(
        settings,
        "not read to its end within key-config.start-timeout = "
            + settings.startTimeout().toMillis()
            + " ms ("
            + progress
            + "); no event is decided before that; check the brokers and the network, or raise"
            + " key-config.start-timeout",
        cause);
  }

  /** The brokers cannot be reached. */
  static KeyConfigTopicException of(KeyConfigTopicSettings settings, ConnectionFailure problem) {
    return new KeyConfigTopicException(settings, problem.sentence(), null);
  }

  /** Explains {@code cause}, and states the remedy. */
  static KeyConfigTopicException of(KeyConfigTopicSettings settings, Throwable cause) {
    return new KeyConfigTopicException(settings, problem(settings, cause), cause);
  }

  private static String problem(KeyConfigTopicSettings settings, Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "the topic does not exist; create it: " + settings.createCommand();
    }
    if (cause instanceof AuthorizationException) {
      return Permission.topic(AclOperation.READ, settings.topic())
          .refusal(settings.bootstrapServers());
    }
    String connection =
        ConnectionFailure.of(cause, settings.adminProperties(0))
            .map(ConnectionFailure::sentence)
            .orElse(null);
    if (cause instanceof TimeoutException) {
      return "no broker answers"
          + (connection == null
              ? " (" + cause.getMessage() + "); check address and network"
              : ": " + connection);
    }
    if (connection != null) {
      return connection;
    }
    return "cannot be followed: "
        + RootMessage.of(cause)
        + (cause instanceof KafkaException
            ? "; check the topic's brokers, and the properties under kafka.client."
            : "");
  }
}
