package io.embeddingexport.kafka.positions;

import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.KafkaException;

/** The brokers do not say where to start. The job restarts and asks again. */
public final class NoPositionsException extends FlinkRuntimeException {
  private static final long serialVersionUID = 1;

  NoPositionsException(PositionSettings settings, KafkaException cause) {
    super(
        "kafka.bootstrap-servers = "
            + settings.bootstrapServers()
            + ": the brokers do not say where to start: "
            + cause.getMessage()
            + "; check that the brokers run, the address and the permissions; the job tries again",
        cause);
  }
}
