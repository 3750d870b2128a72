package io.embeddingexport.kafka.positions;

import org.apache.flink.util.FlinkRuntimeException;

/** The brokers do not allow what a job must do. The message names the permission. */
public final class PermissionException extends FlinkRuntimeException {
  private static final long serialVersionUID = 1;

  PermissionException(String message, RuntimeException cause) {
    super(message, cause);
  }
}
