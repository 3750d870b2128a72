package io.embeddingexport.cli;

import io.embeddingexport.kafka.admin.ConnectionFailure;
import java.util.Map;
import java.util.Optional;

/** The message of a failed job's exception, in one line. */
final class FailureText {
  private static final String OURS = "io.embeddingexport.";

  /**
   * The first line of this project's outermost exception, which names the remedy and covers its
   * causes. Without one, the fault of the connection, or the message of the root cause: Flink's
   * wrappers say less.
   *
   * @param client properties of the job's Kafka clients
   */
  static String of(Throwable failure, Map<String, ?> client) {
    Throwable said = failure;
    while (!said.getClass().getName().startsWith(OURS) && said.getCause() != null) {
      said = said.getCause();
    }
    Optional<ConnectionFailure> connection =
        said.getClass().getName().startsWith(OURS)
            ? Optional.empty()
            : ConnectionFailure.of(failure, client);
    if (connection.isPresent()) {
      return connection.get().sentence();
    }
    return said.getMessage() == null
        ? said.getClass().getName()
        : said.getMessage().lines().findFirst().orElse("");
  }

  private FailureText() {}
}
