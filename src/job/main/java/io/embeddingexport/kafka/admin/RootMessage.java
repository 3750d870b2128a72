package io.embeddingexport.kafka.admin;

import org.apache.kafka.common.errors.ApiException;

/** What a failed Kafka client says is wrong. */
public final class RootMessage {

  /** The message of a broker's answer if there is one, otherwise of the last cause. */
  public static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof ApiException)) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private RootMessage() {}
}
