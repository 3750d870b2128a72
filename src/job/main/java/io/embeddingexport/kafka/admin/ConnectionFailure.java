package io.embeddingexport.kafka.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What is wrong with the connection to the brokers. Kafka's own messages often leave out the cause
 * ("SSL handshake failed"), or know only that no answer came.
 *
 * @param cause what is wrong, and where
 * @param remedy what to do
 */
public record ConnectionFailure(String cause, String remedy) {
  private static final String PREFIX = "kafka.client.";

  /**
   * The fault of the connection that a client's failure shows. If the brokers gave no answer, this
   * connects to them once more and takes a few seconds.
   *
   * @param client its properties
   * @return empty: the failure is of another kind
   */
  public static Optional<ConnectionFailure> of(Throwable failure, Map<String, ?> client) {
    List<Throwable> causes = causes(failure);
    return StoreFailure.of(causes, client)
        .or(() -> SaslFailure.of(causes, client))
        .or(() -> TlsFailure.of(causes, client))
        .or(() -> ofAddress(causes, client));
  }

  private static Optional<ConnectionFailure> ofAddress(
      List<Throwable> causes, Map<String, ?> client) {
    String servers = text(client, CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    boolean unresolved =
        causes.stream()
            .anyMatch(
                cause ->
                    cause instanceof ConfigException
                        && String.valueOf(cause.getMessage()).contains("No resolvable bootstrap"));
    if (unresolved) {
      return Optional.of(
          new ConnectionFailure(
              "no name of " + servers + " resolves", "correct the address, or check the DNS"));
    }
    boolean unanswered =
        causes.stream()
            .anyMatch(
                cause -> cause instanceof TimeoutException || cause instanceof DisconnectException);
    return unanswered ? Mismatch.of(client) : Optional.empty();
  }

  /**
   * The fault of a client without TLS whose brokers speak TLS. Ask before the client is made: it
   * would take a TLS alert for the size of an answer, and allocate 336 MiB.
   *
   * @param client its properties
   */
  public static Optional<ConnectionFailure> plaintextToTls(Map<String, ?> client) {
    return Mismatch.plaintextToTls(client);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /** The option of the job that sets a property of its clients. */
  static String option(String property) {
    return PREFIX + property;
  }

  /** A client's property as text. */
  static String text(Map<String, ?> client, String property, String otherwise) {
    Object value = client.get(property);
    return value == null ? otherwise : value.toString();
  }

  /** Cause and remedy. */
  public String sentence() {
    return cause + "; " + remedy;
  }
}
