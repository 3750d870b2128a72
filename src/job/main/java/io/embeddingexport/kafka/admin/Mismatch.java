package io.embeddingexport.kafka.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** What listens at the brokers' addresses, where a client expects something else. */
final class Mismatch {
  /** More than one of several is enough to ask. */
  private static final int MOST_ADDRESSES = 2;

  private static final String PROTOCOL =
      ConnectionFailure.option(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);

  /**
   * Connects to the first addresses.
   *
   * @param client its properties
   * @return empty: one is as the client expects it
   */
  static Optional<ConnectionFailure> of(Map<String, ?> client) {
    List<ConnectionFailure> found = new ArrayList<>();
    for (Address address : addresses(client)) {
      Optional<ConnectionFailure> one = of(address.toString(), client, address.probe().run());
      if (one.isEmpty()) {
        return one;
      }
      found.add(one.get());
    }
    return found.stream().findFirst();
  }

  static Optional<ConnectionFailure> of(
      String server, Map<String, ?> client, ListenerProbe.Finding finding) {
    String protocol = protocol(client);
    boolean tls = protocol.endsWith("SSL");
    boolean sasl = protocol.startsWith("SASL");
    return Optional.ofNullable(
        switch (finding) {
          case UNRESOLVED ->
              new ConnectionFailure(
                  "the name in " + server + " does not resolve",
                  "correct the address, or check the DNS");
          case REFUSED ->
              new ConnectionFailure(
                  "nothing listens at " + server + " (connection refused)",
                  "check that the broker runs, and the address");
          case UNREACHABLE ->
              new ConnectionFailure(
                  server + " takes no connection",
                  "check that the broker runs, the address and the network");
          case OTHER ->
              new ConnectionFailure(
                  "what listens at " + server + " answers neither Kafka nor TLS",
                  "check the address, and that the broker is not overloaded");
          case TLS -> {
            if (!tls) {
              yield speaksTls(server, protocol);
            }
            yield sasl ? null : maybeLogin(server);
          }
          case MUTUAL_TLS ->
              tls ? maybeCertificate(server, client, sasl) : speaksTls(server, protocol);
          case PLAINTEXT, SASL_PLAINTEXT -> {
            boolean login = finding == ListenerProbe.Finding.SASL_PLAINTEXT;
            if (tls) {
              yield mismatch(server + " does not speak TLS", protocol, finding.name());
            }
            yield login && !sasl
                ? mismatch(server + " asks for a login (SASL)", protocol, finding.name())
                : null;
          }
        });
  }

  /** Same as {@link #of}, for a client without TLS that meets TLS, before it is made. */
  static Optional<ConnectionFailure> plaintextToTls(Map<String, ?> client) {
    String protocol = protocol(client);
    if (protocol.endsWith("SSL")) {
      return Optional.empty();
    }
    return addresses(client).stream()
        .filter(address -> address.probe().meetsTls())
        .map(address -> speaksTls(address.toString(), protocol))
        .findFirst();
  }

  private record Address(String host, int port) {
    ListenerProbe probe() {
      return new ListenerProbe(host, port);
    }

    @Override
    public String toString() {
      return Utils.formatAddress(host, port);
    }
  }

  private static List<Address> addresses(Map<String, ?> client) {
    List<Address> addresses = new ArrayList<>();
    String servers =
        ConnectionFailure.text(client, CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    for (String server : servers.split(",", -1)) {
      String host = Utils.getHost(server.strip());
      Integer port = Utils.getPort(server.strip());
      if (host != null && port != null && addresses.size() < MOST_ADDRESSES) {
        addresses.add(new Address(host, port));
      }
    }
    return addresses;
  }

  private static String protocol(Map<String, ?> client) {
    return ConnectionFailure.text(
        client, CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT");
  }

  private static ConnectionFailure speaksTls(String server, String protocol) {
    return mismatch(
        server + " speaks TLS",
        protocol,
        protocol.startsWith("SASL") ? "SASL_SSL" : "SSL or SASL_SSL");
  }

  private static ConnectionFailure mismatch(String what, String protocol, String right) {
    return new ConnectionFailure(
        what + ", and " + PROTOCOL + " is " + protocol,
        "set it to " + right + ", or use the port of another listener");
  }

  /**
   * The alert that refuses a certificate can get lost: the broker closes the connection right
   * behind it. So no answer may be a refusal, or only slowness.
   *
   * @return null: the broker may do without a certificate
   */
  private static @Nullable ConnectionFailure maybeCertificate(
      String server, Map<String, ?> client, boolean sasl) {
    if (!TlsFailure.hasCertificate(client)) {
      return sasl ? null : TlsFailure.ofClientsCertificate(client);
    }
    ConnectionFailure refused = TlsFailure.ofClientsCertificate(client);
    return new ConnectionFailure(
        server + " gives no answer, or " + refused.cause(),
        refused.remedy() + "; if it is, check that the broker is not overloaded");
  }

  /** The handshake succeeds, and the broker then closes the connection without a word. */
  private static ConnectionFailure maybeLogin(String server) {
    return new ConnectionFailure(
        server + " speaks TLS, but does not answer",
        "if it asks for a login, set "
            + PROTOCOL
            + " to SASL_SSL; otherwise check that it is not overloaded");
  }

  private Mismatch() {}
}
