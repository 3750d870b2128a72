package io.embeddingexport.kafka.transactions;

import io.embeddingexport.kafka.admin.Permission;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** The brokers did not answer, or refused. The message is one line: problem, place, remedy. */
public final class TransactionException extends Exception {
  private static final long serialVersionUID = 1L;

  TransactionException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @param what the request, as in "transaction 'x' cannot be …"
   * @param permission the ACL that it needs
   */
  static TransactionException of(String what, Permission permission, Throwable cause) {
    String why;
    if (cause instanceof AuthorizationException) {
      why = "not permitted; it needs " + permission;
    } else if (cause instanceof TimeoutException) {
      why =
          "the brokers did not answer in time; check --bootstrap-servers, and that every broker"
              + " runs";
    } else if (cause instanceof AuthenticationException) {
      why = "the broker refused the credentials: " + oneLine(cause) + "; check kafka.client.*";
    } else {
      why = oneLine(cause);
    }
    return new TransactionException(what + ": " + why, cause);
  }

  private static String oneLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.replaceAll("\\s+", " ").strip().replaceAll("\\.$", "");
  }
}
