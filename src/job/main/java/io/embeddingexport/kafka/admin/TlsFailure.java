package io.embeddingexport.kafka.admin;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Faults of a TLS handshake: of the broker's certificate, the client's, or the protocol. */
final class TlsFailure {
  private static final String ALERT = "Received fatal alert: ";

  static Optional<ConnectionFailure> of(List<Throwable> causes, Map<String, ?> client) {
    if (causes.stream().noneMatch(SslAuthenticationException.class::isInstance)) {
      return Optional.empty();
    }
    return Optional.of(
        ofBrokersCertificate(causes, client)
            .or(() -> ofAlert(causes, client))
            .orElseGet(() -> ofProtocol(causes)));
  }

  private static Optional<ConnectionFailure> ofBrokersCertificate(
      List<Throwable> causes, Map<String, ?> client) {
    for (Throwable cause : causes) {
      String said = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateExpiredException) {
        return Optional.of(
            new ConnectionFailure(
                "the broker's certificate has expired (" + said + ")",
                "renew it on the broker, or set this machine's clock"));
      }
      if (cause instanceof CertificateNotYetValidException) {
        return Optional.of(
            new ConnectionFailure(
                "the broker's certificate is not valid yet (" + said + ")",
                "wait, replace it on the broker, or set this machine's clock"));
      }
      if (cause instanceof CertificateException
          && (said.startsWith("No subject alternative") || said.startsWith("No name matching"))) {
        return Optional.of(
            new ConnectionFailure(
                "the broker's certificate is for another host ("
                    + said.replaceAll("\\.$", "")
                    + ")",
                "use a name that is in the certificate, in the address and in the broker's"
                    + " advertised.listeners, or add this one to the certificate"));
      }
      if (said.contains("unable to find valid certification path")
          || said.contains("trustAnchors parameter must be non-empty")) {
        return Optional.of(ofUnknownIssuer(client));
      }
    }
    return Optional.empty();
  }

  private static ConnectionFailure ofUnknownIssuer(Map<String, ?> client) {
    String option = ConnectionFailure.option(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
    String file = ConnectionFailure.text(client, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, "");
    boolean given =
        !file.isEmpty() || client.get(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG) != null;
    return given
        ? new ConnectionFailure(
            "the CA that signed the broker's certificate is not in the truststore"
                + (file.isEmpty() ? "" : ", " + option + " = " + file),
            "add the CA's certificate to it")
        : new ConnectionFailure(
            "Java does not know the CA that signed the broker's certificate, and no truststore is"
                + " set",
            "set " + option + " to a file with the CA's certificate");
  }

  /** The broker ends the handshake with an alert, and nothing else, if it refuses the client. */
  private static Optional<ConnectionFailure> ofAlert(
      List<Throwable> causes, Map<String, ?> client) {
    for (Throwable cause : causes) {
      String said = String.valueOf(cause.getMessage());
      if (said.contains(ALERT) && (said.contains("certificate") || said.contains("unknown_ca"))) {
        return Optional.of(ofClientsCertificate(client));
      }
    }
    return Optional.empty();
  }

  /** The broker asks for a certificate, and does not accept what it gets. */
  static ConnectionFailure ofClientsCertificate(Map<String, ?> client) {
    String option = ConnectionFailure.option(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
    String file = ConnectionFailure.text(client, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, "");
    return hasCertificate(client)
        ? new ConnectionFailure(
            "the broker refuses the client's certificate"
                + (file.isEmpty() ? "" : ", " + option + " = " + file),
            "use one that is valid now, from a CA in the broker's truststore")
        : new ConnectionFailure(
            "the broker asks for a client's certificate, and none is set",
            "set " + option + " to a file with the certificate and its key");
  }

  /** Whether the client has a certificate to show. */
  static boolean hasCertificate(Map<String, ?> client) {
    return !ConnectionFailure.text(client, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, "").isEmpty()
        || client.get(SslConfigs.SSL_KEYSTORE_KEY_CONFIG) != null;
  }

  private static ConnectionFailure ofProtocol(List<Throwable> causes) {
    Throwable root = causes.get(causes.size() - 1);
    return new ConnectionFailure(
        "the TLS handshake failed (" + RootMessage.of(root) + ")",
        "check that "
            + ConnectionFailure.option(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG)
            + ", "
            + ConnectionFailure.option(SslConfigs.SSL_CIPHER_SUITES_CONFIG)
            + " and "
            + ConnectionFailure.option(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
            + " suit the broker");
  }

  private TlsFailure() {}
}
