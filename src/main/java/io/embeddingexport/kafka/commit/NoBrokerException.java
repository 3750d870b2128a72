package io.embeddingexport.kafka.commit;

import java.io.IOException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The sink cannot begin a transaction, because no broker answers. */
public final class NoBrokerException extends IOException {
  private static final long serialVersionUID = 1;

  NoBrokerException(@Nullable String bootstrapServers, TimeoutException cause) {
    super(
        "kafka.bootstrap-servers = "
            + bootstrapServers
            + ": no transaction can be begun ("
            + cause.getMessage()
            + "); check that the brokers run, and that this machine reaches them. The sink waits for"
            + " kafka.sink.max.block.ms, 60 s if not set",
        cause);
  }
}
