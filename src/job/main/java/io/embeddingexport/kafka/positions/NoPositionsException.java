package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.admin.ConnectionFailure;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The brokers do not say where to start. The job restarts and asks again. */
public final class NoPositionsException extends FlinkRuntimeException {
  private static final long serialVersionUID = 1;

  NoPositionsException(PositionSettings settings, KafkaException cause) {
    super(message(settings, problem(settings, cause)), cause);
  }

  NoPositionsException(PositionSettings settings, ConnectionFailure problem) {
    super(message(settings, problem.sentence()));
  }

  private static String message(PositionSettings settings, String problem) {
    return "kafka.bootstrap-servers = "
        + settings.bootstrapServers()
        + ": "
        + problem
        + "; the job tries again";
  }

  private static String problem(PositionSettings settings, KafkaException cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return cause.getMessage() + "; create it: bin/embedding-export topics create --config FILE";
    }
    return ConnectionFailure.of(cause, settings.adminProperties("start"))
        .map(ConnectionFailure::sentence)
        .orElseGet(
            () ->
                "the brokers do not say where to start: "
                    + cause.getMessage()
                    + "; check that the brokers run, the address and the permissions");
  }
}
