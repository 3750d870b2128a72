package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.admin.ConnectionFailure;
import io.embeddingexport.kafka.admin.Permission;
import java.util.Optional;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The brokers do not say where to start. The job restarts and asks again. */
public final class NoPositionsException extends FlinkRuntimeException {
  private static final long serialVersionUID = 1;
  private static final String AGAIN = "; the job tries again";

  NoPositionsException(PositionSettings settings, KafkaException cause) {
    super(message(settings, problem(settings, cause)), cause);
  }

  NoPositionsException(PositionSettings settings, ConnectionFailure problem) {
    super(message(settings, problem.sentence() + AGAIN));
  }

  private static String message(PositionSettings settings, String problem) {
    return "kafka.bootstrap-servers = " + settings.bootstrapServers() + ": " + problem;
  }

  private static String problem(PositionSettings settings, KafkaException cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return cause.getMessage()
          + "; create it: bin/embedding-export topics create --config FILE"
          + AGAIN;
    }
    Optional<Permission> permission = JobAccess.READ.missing(cause, settings);
    if (permission.isPresent()) {
      return permission.get().refusal(settings.bootstrapServers());
    }
    return ConnectionFailure.of(cause, settings.adminProperties("start"))
            .map(ConnectionFailure::sentence)
            .orElseGet(
                () ->
                    "the brokers do not say where to start: "
                        + cause.getMessage()
                        + "; check that the brokers run, the address and the permissions")
        + AGAIN;
  }
}
